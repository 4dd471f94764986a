import { Dicer } from '@fastify/busboy';
import { type Refusal, refuse } from './answer.ts';
import { readDisposition } from './content-disposition.ts';

export interface Part {
  readonly name: string | undefined;
  readonly fileName: string | undefined;
  /** Lower-case, without parameters; `text/plain` when it was not said (RFC 7578). */
  readonly contentType: string;
  readonly content: Buffer;
}

type Headers = Readonly<Record<string, readonly string[] | undefined>>;

/** The boundary of a multipart Content-Type; undefined when it has none. */
export function readBoundary(contentType: string): string | undefined {
  const match = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/**
 * Reads a multipart body that is already whole and bounded. Dicer rather than Busboy, for Direct
 * Line's documented sample has an activity part without a Content-Disposition.
 */
export function readMultipart(
  body: Buffer,
  boundary: string,
  most: number,
): Promise<readonly Part[] | Refusal> {
  return new Promise((resolve) => {
    const parts: Promise<Part>[] = [];
    const broken = () => resolve(refuse('BadSyntax', 'The multipart body is broken.'));
    const dicer = new Dicer({ boundary, maxHeaderPairs: 20 });
    dicer.on('part', (stream) => {
      parts.push(readPart(stream));
      if (parts.length > most) resolve(refuse('MessageSizeTooBig', 'Too many parts.'));
    });
    dicer.on('error', broken);
    dicer.on('finish', () => {
      Promise.all(parts).then((all) => (all.length > 0 ? resolve(all) : broken()), broken);
    });
    dicer.end(body);
  });
}

function readPart(stream: Dicer.PartStream): Promise<Part> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let headers: Headers = {};
    stream.on('header', (read) => {
      headers = read as Headers;
    });
    stream.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    stream.on('error', reject);
    stream.on('end', () => {
      const disposition = utf8(headers['content-disposition']?.[0]);
      const contentType = bareType(headers['content-type']?.[0] ?? 'text/plain');
      resolve({ ...readDisposition(disposition), contentType, content: Buffer.concat(chunks) });
    });
  });
}

/** Dicer reads headers byte by byte; browsers write names in UTF-8. */
function utf8(header: string | undefined): string | undefined {
  return header === undefined ? undefined : Buffer.from(header, 'latin1').toString('utf8');
}

/** A media type without its parameters, or the type that says nothing. */
export function bareType(contentType: string): string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(type)
    ? type
    : 'application/octet-stream';
}
