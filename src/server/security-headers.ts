import { createHash } from 'node:crypto';

/**
 * What every answer carries. By default a page may do nothing at all; pages that are shown get
 * their own policy. Values after the OWASP Secure Headers project.
 */
export function securityHeaders(production: boolean): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy':
      'browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(production ? { 'Strict-Transport-Security': 'max-age=63072000' } : {}),
  };
}

/**
 * The policy of a page of ours: its own files, its own server, and exactly the inline scripts and
 * styles that it was written with, known by their hash.
 * @param publicUrl where sockets are opened; 'self' covers them in recent browsers only.
 */
export function pagePolicy(html: string, publicUrl: string): string {
  const sockets = publicUrl.replace(/^http/, 'ws');
  const scripts = hashesOf(html, /<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)<\/script\s*>/gis);
  const styles = hashesOf(html, /<style[^>]*>(.*?)<\/style\s*>/gis);
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    ["style-src 'self'", ...styles].join(' '),
    `connect-src 'self' ${publicUrl} ${sockets}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashesOf(html: string, blocks: RegExp): string[] {
  const texts = [...html.matchAll(blocks)].map(([, text = '']) => text);
  return texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
