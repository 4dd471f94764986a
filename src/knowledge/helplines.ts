import type { SourceId } from './sources.ts';

/** A telephone number that we give, and why we may. */
export interface Helpline {
  /** As it is written in the sentences, without spaces. */
  readonly number: string;
  readonly helps: string;
  readonly sources: readonly SourceId[];
}

/** The only telephone numbers that the assistant may give out: a test compares every sentence. */
export const HELPLINES = [
  { number: '3114', helps: 'suicide prevention, day and night', sources: ['B70', 'N13', 'N12'] },
  { number: '15', helps: 'medical emergency', sources: ['N18'] },
  { number: '112', helps: 'any emergency, in Europe', sources: ['N18'] },
  { number: '17', helps: 'police emergency', sources: ['N17', 'B73'] },
  { number: '114', helps: 'any emergency, by SMS', sources: ['N18', 'N16', 'B73'] },
  { number: '119', helps: 'children in danger', sources: ['N16', 'N17'] },
  { number: '3919', helps: 'violence against women, day and night', sources: ['N14', 'B72'] },
  { number: '3928', helps: 'discrimination, Défenseur des droits', sources: ['B41', 'N15'] },
] as const satisfies readonly Helpline[];
