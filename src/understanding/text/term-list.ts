import { AppError } from '#shared/errors.ts';

/** One line of a term file: the label, and its terms as written. */
export interface TermLine {
  readonly labels: readonly string[];
  readonly terms: readonly string[];
}

/**
 * Reads a term file: `label<TAB>…<TAB>term,term…`, with `columns` columns of which the last
 * holds the terms. Blank lines and lines that begin with `#` are skipped.
 */
export const parseTerms = (content: string, name: string, columns: number): TermLine[] => {
  const lines: TermLine[] = [];
  for (const [index, line] of content.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const cells = line.split('\t');
    if (cells.length !== columns) {
      throw new AppError(
        'CONTENT_INVALID',
        `${name}, line ${index + 1}: ${columns} columns are needed, ${cells.length} found.`,
      );
    }
    const terms = (cells.at(-1) ?? '').split(',').map((term) => term.trim());
    lines.push({ labels: cells.slice(0, -1), terms: terms.filter((term) => term !== '') });
  }
  return lines;
};
