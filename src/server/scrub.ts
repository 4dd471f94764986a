const HIDDEN = '[hidden]';
const DEEPEST = 5;

/** Words of a field's name that announce what a log must not hold, whatever the room that logs it. */
const PRIVATE_WORDS = new Set(
  (
    'text speak summary body content attachment attachments query search cookie authorization ' +
    'email mail phone address ip referer password secret token key'
  ).split(' '),
);

const NAMES_OF_PEOPLE = /(first|last|full|user|display)[ _-]?name$/;

/** What people and programs write where it was not expected. The order matters. */
const PRIVATE_PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[^\s"']+/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${HIDDEN}@`],
  [/(\?)[^\s"'?]*=[^\s"']*/g, `$1${HIDDEN}`],
  [/(\/calendar\/)[\w.~-]+/g, `$1${HIDDEN}`],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, HIDDEN],
  [/(?<![\w.-])(\+33|0033|0)[ .-]?[1-9]([ .-]?\d{2}){4}(?![\w-])/g, HIDDEN],
];

/**
 * A copy of the fields of a log line without secrets, addresses or words of people: private
 * fields by their name, errors without what libraries hang on them, known patterns in any text.
 */
export function scrub(fields: object): Record<string, unknown> {
  return scrubObject(fields, 0);
}

function scrubObject(fields: object, depth: number): Record<string, unknown> {
  if (fields instanceof Error) return scrubError(fields, depth);
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    clean[name] = isPrivate(name, value) ? HIDDEN : scrubValue(value, depth);
  }
  return clean;
}

function scrubValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= DEEPEST) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, depth + 1));
  return scrubObject(value, depth + 1);
}

/** Numbers and booleans under such a name (`tokenAge`, `hasText`) tell nothing of a person. */
function isPrivate(name: string, value: unknown): boolean {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return false;
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return (
    NAMES_OF_PEOPLE.test(words) || words.split(/[^a-z\d]+/).some((word) => PRIVATE_WORDS.has(word))
  );
}

function scrubText(text: string): string {
  return PRIVATE_PATTERNS.reduce((left, [found, instead]) => left.replace(found, instead), text);
}

/** JSON.parse quotes what it could not read, and HTTP clients hang whole requests on their errors. */
function scrubError(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  const quotesInput = error instanceof SyntaxError;
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: quotesInput ? HIDDEN : scrubText(error.message),
    stack: framesOf(error),
    ...(error.cause instanceof Error && depth < DEEPEST
      ? { cause: scrubError(error.cause, depth + 1) }
      : {}),
  };
}

/** The stack repeats the message, on any number of lines, before its frames. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at .*(:\d+:\d+|\(native\)|<anonymous>)\)?$/.test(line))
    .map(scrubText)
    .join('\n');
}
