import { oneLine } from '#programme/calendar-content.ts';

/** Lines of aligned columns, the heading first. Nothing in a cell can move the cursor. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows].map((row) => row.map(oneLine));
  const widths = heading.map((_, column) =>
    Math.max(...lines.map((line) => width(line[column] ?? ''))),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const width = (text: string): number => [...text].length;
