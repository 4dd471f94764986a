/**
 * Reads a watermark: the number of the last activity seen, where `last` is that of the last there
 * is. DirectLineJS ends a conversation for good when it is refused one, so whatever is not a
 * watermark of ours reads as "from the beginning".
 */
export function readWatermark(text: string | null, last: number): number {
  const mark = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return mark <= last ? mark : 0;
}
