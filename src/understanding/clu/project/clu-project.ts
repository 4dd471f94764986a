/** What a project file of conversational language understanding holds, as far as we write it. */
export interface CluProject {
  readonly projectFileVersion: string;
  readonly stringIndexType: 'Utf16CodeUnit';
  readonly metadata: {
    readonly projectKind: 'Conversation';
    readonly settings: { readonly confidenceThreshold: number };
    readonly projectName: string;
    readonly multilingual: boolean;
    readonly description: string;
    readonly language: string;
  };
  readonly assets: {
    readonly projectKind: 'Conversation';
    readonly intents: readonly { readonly category: string }[];
    readonly entities: readonly CluEntity[];
    readonly utterances: readonly Utterance[];
  };
}

/** An entity, learned from labels, and found by lists or by a component of the service. */
export interface CluEntity {
  readonly category: string;
  readonly compositionSetting?: string;
  readonly list?: { readonly sublists: readonly Sublist[] };
  readonly prebuilts?: readonly { readonly category: string }[];
}

export interface Sublist {
  readonly listKey: string;
  readonly synonyms: readonly { readonly language: string; readonly values: readonly string[] }[];
}

/** A phrase, what it means, and whether it is learned from or tested on. */
export interface Utterance {
  readonly text: string;
  readonly language: string;
  readonly intent: string;
  readonly entities: readonly Label[];
  readonly dataset: 'Train' | 'Test';
}

/** Where an entity is in an utterance, in UTF-16 units. */
export interface Label {
  readonly category: string;
  readonly offset: number;
  readonly length: number;
}

/** The service's page on limits. Older pages of it say 25,000 utterances, newer ones 50,000. */
export const LIMITS = {
  utterances: 25_000,
  utterancesOfNewerPages: 50_000,
  utteranceLength: 500,
  intents: 500,
  entities: 350,
  prebuiltsOfAnEntity: 7,
  synonymsOfAnEntity: 20_000,
  nameLength: 50,
} as const;

/** The same project, the same bytes: everything in it is sorted, and nothing dated. */
export const writeProject = (project: CluProject): string =>
  `${JSON.stringify(project, undefined, 2)}\n`;
