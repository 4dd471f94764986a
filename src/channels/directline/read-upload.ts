import type { IncomingHttpHeaders } from 'node:http';
import { isRefusal, type Refusal, refuse } from './answer.ts';
import { readDisposition } from './content-disposition.ts';
import { bareType, type Part, readBoundary, readMultipart } from './multipart.ts';

export interface UploadedFile {
  readonly name: string | undefined;
  readonly contentType: string;
  readonly content: Buffer;
}

/** The files of an upload, and the activity that came with them, still as JSON. */
export interface Uploaded {
  readonly activity: Buffer | undefined;
  readonly files: readonly UploadedFile[];
}

const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';

/** Reads both forms of an upload: a multipart body, or one file that is the body. */
export async function readUpload(
  body: Buffer,
  headers: IncomingHttpHeaders,
  limits: { readonly uploadBytes: number; readonly uploadFiles: number },
): Promise<Uploaded | Refusal> {
  const contentType = headers['content-type'] ?? '';
  if (!/^multipart\//i.test(contentType)) return readSingle(body, headers, limits.uploadBytes);
  const boundary = readBoundary(contentType);
  if (boundary === undefined) return refuse('BadSyntax', 'The multipart body has no boundary.');
  const parts = await readMultipart(body, boundary, limits.uploadFiles + 1);
  return isRefusal(parts) ? parts : sort(parts, limits);
}

function readSingle(body: Buffer, headers: IncomingHttpHeaders, most: number): Uploaded | Refusal {
  if (body.byteLength === 0) return refuse('BadSyntax', 'There is no file.');
  if (body.byteLength > most) return refuse('MessageSizeTooBig');
  const header = headers['content-disposition'];
  const { fileName } = readDisposition(header && Buffer.from(header, 'latin1').toString('utf8'));
  const contentType = bareType(headers['content-type'] ?? '');
  return { activity: undefined, files: [{ name: fileName, contentType, content: body }] };
}

function sort(
  parts: readonly Part[],
  { uploadBytes, uploadFiles }: { readonly uploadBytes: number; readonly uploadFiles: number },
): Uploaded | Refusal {
  const isActivity = (part: Part) => part.contentType === ACTIVITY_TYPE || part.name === 'activity';
  const files = parts.filter((part) => !isActivity(part));
  const bytes = files.reduce((sum, file) => sum + file.content.byteLength, 0);
  if (bytes > uploadBytes || files.length > uploadFiles) return refuse('MessageSizeTooBig');
  return {
    activity: parts.find(isActivity)?.content,
    files: files.map(({ fileName, contentType, content }) => ({
      name: fileName,
      contentType,
      content,
    })),
  };
}
