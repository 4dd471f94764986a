/** The parts of a Content-Disposition header that matter here. */
export interface Disposition {
  readonly name: string | undefined;
  readonly fileName: string | undefined;
}

/**
 * Reads `form-data; name="file"; filename="a.png"`, with or without the leading word (Direct
 * Line's own samples leave it out), quoted or not, and RFC 5987's `filename*`.
 */
export function readDisposition(header: string | undefined): Disposition {
  const values = new Map<string, string>();
  const parameter = /(?:^|;)\s*([a-z*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))/gi;
  for (const [, key = '', quoted, bare = ''] of (header ?? '').matchAll(parameter)) {
    values.set(key.toLowerCase(), quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'));
  }
  const extended = decodeExtended(values.get('filename*'));
  return { name: values.get('name'), fileName: extended ?? values.get('filename') };
}

/** Writes one that no name can break out of, and that no browser shows as a page. */
export function writeDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.() -]/g, '_');
  const exact = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** The last part of a path, without what could lead elsewhere or turn the reading around. */
export function safeFileName(fileName: string | undefined): string {
  const last = (fileName ?? '').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '')
    .replace(/^\.+/, '');
  return [...plain.trim()].slice(0, 100).join('') || 'fichier';
}

function decodeExtended(value: string | undefined): string | undefined {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(value ?? '')?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
