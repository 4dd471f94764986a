/** What one client may ask of the service. Sizes in bytes unless said, times in milliseconds. */
export interface Limits {
  /** Direct Line's own limit for an activity: 256 K characters. */
  readonly activityCharacters: number;
  readonly uploadBytes: number;
  readonly uploadFiles: number;
  readonly uploadsAtOnce: number;
  readonly bodyTimeout: number;
  /** A client gives up after 20 s: answered before, it knows at least why. */
  readonly turnTimeout: number;
  /** Messages of one conversation that may wait for their turn. */
  readonly turnsWaiting: number;
  /** Burst and rate per second of new tokens and conversations from one address. */
  readonly starts: Rate;
  /** The same for the messages of one conversation. */
  readonly posts: Rate;
  /** The same for the bytes of files from one address. */
  readonly uploaded: Rate;
  readonly readPage: number;
  readonly streams: number;
  readonly streamsPerAddress: number;
  readonly streamsPerConversation: number;
  readonly streamFrame: number;
  readonly streamBuffer: number;
  /** Largest frame and number of frames between two keep-alives that a client may send. */
  readonly clientFrame: number;
  readonly clientFrames: number;
  readonly keepAlive: number;
  /** A socket outlives the tokens of its client, but not by more than this. */
  readonly streamAge: number;
  readonly typingAfter: number;
  readonly sweepEvery: number;
  readonly uploadAge: number;
  readonly conversationAge: number;
}

export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

const HOUR = 3_600_000;

/** Generous: a workshop of thirty people may share one address. */
export const DEFAULT_LIMITS: Limits = {
  activityCharacters: 262_144,
  uploadBytes: 4 * 1024 * 1024,
  uploadFiles: 10,
  uploadsAtOnce: 8,
  bodyTimeout: 15_000,
  turnTimeout: 18_000,
  turnsWaiting: 20,
  starts: { burst: 120, perSecond: 1 },
  posts: { burst: 60, perSecond: 1 },
  uploaded: { burst: 40 * 1024 * 1024, perSecond: 8 * 1024 },
  readPage: 50,
  streams: 5000,
  streamsPerAddress: 300,
  streamsPerConversation: 5,
  streamFrame: 64 * 1024,
  streamBuffer: 1024 * 1024,
  clientFrame: 16 * 1024,
  clientFrames: 200,
  keepAlive: 25_000,
  streamAge: 6 * HOUR,
  typingAfter: 500,
  sweepEvery: HOUR,
  uploadAge: 24 * HOUR,
  conversationAge: 30 * 24 * HOUR,
};
