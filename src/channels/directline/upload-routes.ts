import { randomBytes } from 'node:crypto';
import type { StoredUpload } from '#shared/activity-log.ts';
import { deliver, enterToWrite, postingOf } from './activity-routes.ts';
import { type Answer, isRefusal, type Refusal, refuse, refuseForNow } from './answer.ts';
import type { Call, Desk, Handler } from './call.ts';
import { takeOver } from './client-activity.ts';
import { safeFileName, writeDisposition } from './content-disposition.ts';
import { isObject } from './is-object.ts';
import { parseJson, readBody } from './read-body.ts';
import { readUpload, type UploadedFile } from './read-upload.ts';

/** POST conversations/{id}/upload, and GET of what was uploaded. */
export function createUploadRoutes(desk: Desk): { upload: Handler; attachment: Handler } {
  let running = 0;
  return {
    async upload(call) {
      if (running >= desk.limits.uploadsAtOnce) return refuseForNow(2);
      running += 1;
      try {
        return await upload(desk, call);
      } finally {
        running -= 1;
      }
    },
    attachment: (call) => serve(desk, call),
  };
}

async function upload(desk: Desk, call: Call): Promise<Answer | Refusal> {
  const entry = await enterToWrite(desk, call);
  if (isRefusal(entry)) return entry;
  const userId = call.route.query.get('userId') ?? '';
  if (userId === '') return refuse('MissingProperty', 'userId must say who sends the files.');
  const read = await readFiles(desk, call);
  if (isRefusal(read)) return read;
  const activity = parseActivity(desk, read.activity);
  if (isRefusal(activity)) return activity;
  const uploads = read.files.map((file) => toUpload(desk, entry.conversation.id, file));
  const base = desk.origins.base(call.request);
  const body = wrap(activity.value, userId, attach(activity.value, uploads, base));
  const posted = takeOver(body, postingOf(desk, entry));
  return isRefusal(posted) ? posted : deliver(desk, entry, posted, uploads);
}

/** Without an activity of their own, files travel in an empty message. */
function wrap(activity: Fields, userId: string, attachments: readonly unknown[]): Fields {
  const { attachments: _, from, ...others } = activity;
  const sender = { ...(isObject(from) ? from : {}), id: userId };
  const files = attachments.length > 0 ? { attachments } : {};
  return { type: 'message', ...others, from: sender, ...files };
}

async function readFiles(desk: Desk, { request, address }: Call) {
  const { uploadBytes, uploadFiles, activityCharacters, bodyTimeout } = desk.limits;
  const most = uploadBytes + activityCharacters;
  const body = await readBody(request, { most, timeout: bodyTimeout });
  if (isRefusal(body)) return body;
  const wait = desk.rates.uploaded.take(address, body.byteLength);
  if (wait > 0) return refuseForNow(wait);
  return readUpload(body, request.headers, { uploadBytes, uploadFiles });
}

type Fields = Readonly<Record<string, unknown>>;

function parseActivity(
  { limits }: Desk,
  json: Buffer | undefined,
): { readonly value: Fields } | Refusal {
  if (json === undefined) return { value: {} };
  const parsed = parseJson(json, limits.activityCharacters);
  if (isRefusal(parsed)) return parsed;
  const { value } = parsed;
  return isObject(value) ? { value } : refuse('BadArgument', 'The activity must be an object.');
}

function toUpload({ clock }: Desk, conversationId: string, file: UploadedFile): StoredUpload {
  const id = randomBytes(24).toString('base64url');
  const { contentType, content } = file;
  const name = safeFileName(file.name);
  return { id, conversationId, name, contentType, content, createdAt: clock.now() };
}

/**
 * Gives each file its address. Clients describe their files in the activity and send them in
 * another order (DirectLineJS issue 194), so a description finds its file by name.
 */
function attach(
  { attachments }: Fields,
  uploads: readonly StoredUpload[],
  base: string,
): unknown[] {
  const left = [...uploads];
  const described = (Array.isArray(attachments) ? attachments : []).map((attachment: unknown) => {
    if (!isObject(attachment) || attachment.contentUrl !== undefined) return attachment;
    const at = left.findIndex(({ name }) => name === safeFileName(String(attachment.name)));
    const [file] = at < 0 ? [] : left.splice(at, 1);
    return file
      ? { contentType: file.contentType, ...attachment, ...addressOf(file, base) }
      : attachment;
  });
  const others = left.map((file) => ({
    contentType: file.contentType,
    name: file.name,
    ...addressOf(file, base),
  }));
  return [...described, ...others];
}

function addressOf({ id }: StoredUpload, base: string): { readonly contentUrl: string } {
  return { contentUrl: `${base}/v3/directline/attachments/${id}` };
}

/** Types that cannot run as a page, whatever they hold; all others are plain bytes. */
const HARMLESS: Readonly<Record<string, string>> = {
  'image/png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/jpg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  'audio/mpeg': 'audio/mpeg',
  'audio/ogg': 'audio/ogg',
  'audio/webm': 'audio/webm',
  'video/mp4': 'video/mp4',
  'video/webm': 'video/webm',
};

/** Whoever has the address may read the file, for a day: nobody can guess it. */
async function serve({ log, clock, limits }: Desk, { route }: Call): Promise<Answer | Refusal> {
  const file = await log.findUpload(route.id);
  const age = file ? clock.now().getTime() - file.createdAt.getTime() : 0;
  if (file === undefined || age >= limits.uploadAge) return refuse('NotFound');
  return {
    status: 200,
    bytes: file.content,
    headers: {
      'content-type': HARMLESS[file.contentType] ?? 'application/octet-stream',
      'content-disposition': writeDisposition(file.name),
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    },
  };
}
