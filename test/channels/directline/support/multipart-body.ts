export interface MadePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer | string;
}

/** Writes a multipart body by hand, so that tests decide on every byte of it. */
export function multipart(
  parts: readonly MadePart[],
  boundary = '----declicBoundary7MA4YWxk',
): { readonly body: Buffer; readonly contentType: string } {
  const chunks = parts.flatMap(({ headers, content }) => [
    Buffer.from(`--${boundary}\r\n`),
    ...Object.entries(headers).map(([name, value]) => Buffer.from(`${name}: ${value}\r\n`)),
    Buffer.from('\r\n'),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  const body = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}
