/**
 * The language to speak: the first wish that exists, as it is or by its first part; else French.
 * Names are BCP 47, compared without regard to case.
 */
export const pickLocale = (
  wishes: readonly (string | null | undefined)[],
  available: readonly string[],
): string => {
  const find = (name: string): string | undefined =>
    available.find((known) => known.toLowerCase() === name);
  for (const wish of wishes) {
    const name = wish?.trim().toLowerCase();
    const found = name && (find(name) ?? find(name.split('-')[0] ?? ''));
    if (found) return found;
  }
  return find('fr') ?? available[0] ?? 'fr';
};
