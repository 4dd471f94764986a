import { CsvError, type Info, parse } from 'csv-parse/sync';
import type { NewSession } from '#programme/session-admin.ts';
import { excerpt, plain } from './read-field.ts';
import { readSession } from './read-session.ts';
import {
  type Problem,
  REQUIRED_FIELDS,
  SESSION_FIELDS,
  type SessionField,
  type WrittenSession,
} from './session-fields.ts';
import type { TeamWords } from './team-words.ts';

const MOST_KILOBYTES = 1024;
const MOST_SESSIONS = 1000;
const SEPARATORS = [';', ',', '\t'];

/** A session of the file and where it is in it. */
export interface ListedSession {
  readonly line: number;
  readonly session: NewSession;
}

export type SessionsFile =
  | { readonly kind: 'sessions'; readonly sessions: readonly ListedSession[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Reads a CSV file of sessions, as spreadsheets save them: separated by `;`, `,` or tabs, in UTF-8
 * (with or without a byte-order mark) or Windows-1252, with any end of line. Answers all the
 * sessions, or every problem found.
 */
export function readSessionsCsv(content: Uint8Array, now: Date, say: TeamWords): SessionsFile {
  const text = decode(content);
  if (content.length > MOST_KILOBYTES * 1024)
    return wrong('problem.tooBig', { most: MOST_KILOBYTES });
  if (text === undefined) return wrong('problem.notText');
  const rows = readRows(text);
  if ('kind' in rows) return rows;
  const [header, ...lines] = rows;
  if (header === undefined || lines.length === 0) return wrong('problem.empty');
  if (lines.length > MOST_SESSIONS) return wrong('problem.tooManyLines', { most: MOST_SESSIONS });
  const { fields, problems } = readHeader(header, say);
  if (problems.length > 0) return { kind: 'problems', problems };
  return gather(lines.map((row) => readRow(row, fields, now, say)));
}

function decode(content: Uint8Array): string | undefined {
  try {
    // A byte-order mark goes with the decoding.
    return checked(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    // What Excel in France writes when asked for plain "CSV".
    return checked(new TextDecoder('windows-1252').decode(content));
  }
}

/** A workbook or another program's file has bytes that no text has. */
const checked = (text: string): string | undefined => (text.includes('\0') ? undefined : text);

function readRows(text: string): Row[] | SessionsFile {
  // Excel can write the separator on a line of its own, before the header.
  const [announcement, separator] = /^sep=([;,\t])\r?\n/i.exec(text) ?? ['', separatorOf(text)];
  const before = announcement === '' ? 0 : 1;
  try {
    const records = parse(text.slice(announcement.length), {
      delimiter: separator ?? '',
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      info: true,
    }) as unknown as { readonly record: string[]; readonly info: Info }[];
    return records.map(({ record, info }) => ({
      cells: record,
      line: before + lineOf(record, info.lines),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = before + (Number(error.lines) || 1);
    return { kind: 'problems', problems: [{ key: 'problem.quotes', line }] };
  }
}

/** The library counts to the end of a record; a cell can hold several lines. */
const lineOf = (cells: readonly string[], last: number): number =>
  last - cells.join('').split(/\r\n|\r|\n/).length + 1;

/** The separator that the header uses most. */
function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const uses = (separator: string): number => header.split(separator).length;
  return SEPARATORS.reduce((best, other) => (uses(other) > uses(best) ? other : best));
}

function readHeader({ cells, line }: Row, say: TeamWords) {
  const fields: (SessionField | undefined)[] = cells.map((cell) =>
    SESSION_FIELDS.find((name) =>
      [name, say(`column.${name}`)].some((it) => plain(it) === plain(cell)),
    ),
  );
  const known = SESSION_FIELDS.map((name) => say(`column.${name}`)).join(', ');
  const problems: Problem[] = [];
  for (const [index, column] of cells.entries()) {
    const name = fields[index];
    // Spreadsheets leave empty columns on the right: they are not in the way.
    if (name === undefined && column !== '') {
      const values = { column: excerpt(column), known };
      problems.push({ key: 'problem.unknownColumn', values, line });
    }
    if (name !== undefined && fields.indexOf(name) < index) {
      problems.push({ key: 'problem.columnTwice', values: { column }, line });
    }
  }
  for (const name of REQUIRED_FIELDS.filter((required) => !fields.includes(required))) {
    problems.push({
      key: 'problem.missingColumn',
      values: { column: say(`column.${name}`) },
      line,
    });
  }
  return { fields, problems };
}

function readRow(
  { cells, line }: Row,
  fields: readonly (SessionField | undefined)[],
  now: Date,
  say: TeamWords,
): ListedSession | readonly Problem[] {
  const strays = cells.filter((cell, index) => cell !== '' && fields[index] === undefined);
  if (strays.length > 0) {
    const values = { count: cells.length, columns: fields.filter(Boolean).length };
    return [{ key: 'problem.tooManyCells', values, line }];
  }
  const written: WrittenSession = Object.fromEntries(
    fields.flatMap((name, index) => (name === undefined ? [] : [[name, cells[index]]])),
  );
  const read = readSession(written, now, say);
  if (read.kind === 'session') return { line, session: read.session };
  return read.problems.map((problem) => ({ ...problem, line }));
}

function gather(rows: readonly (ListedSession | readonly Problem[])[]): SessionsFile {
  const problems = rows.flatMap((row) => ('session' in row ? [] : row));
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'sessions', sessions: rows.filter((row) => 'session' in row) };
}

const wrong = (key: Problem['key'], values: Problem['values'] = {}): SessionsFile => ({
  kind: 'problems',
  problems: [{ key, values }],
});
