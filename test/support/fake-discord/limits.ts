const MIB = 2 ** 20;

/** What the platform holds bots to. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Within this an interaction is to be acknowledged. */
  readonly acknowledgeMs: number;
  /** As long as this what an interaction gave may be used. */
  readonly tokenMs: number;
  readonly fileBytes: number;
  readonly requestBytes: number;
  /** Messages older than `oldMessageMs` can be edited this often per channel and hour. */
  readonly oldMessageMs: number;
  readonly oldMessageEdits: number;
  /** As long as this the platform remembers a nonce. */
  readonly nonceMs: number;
  /** Follow-ups of an interaction where only the person has the bot. */
  readonly followUps: number;
  readonly activeThreads: number;
  readonly linkMs: number;
  readonly heartbeatMs: number;
  readonly global: Bucket;
  /** Of each route, and of each channel, guild or webhook in it. */
  readonly perRoute: Bucket;
}

export interface Bucket {
  readonly requests: number;
  readonly windowMs: number;
}

/** As the platform documents or was seen to have them; `perRoute`, which it keeps to itself, is wide. */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  acknowledgeMs: 3_000,
  tokenMs: 900_000,
  fileBytes: 10 * MIB,
  requestBytes: 25 * MIB,
  oldMessageMs: 3_600_000,
  oldMessageEdits: 5,
  nonceMs: 300_000,
  followUps: 5,
  activeThreads: 1_000,
  linkMs: 86_400_000,
  heartbeatMs: 41_250,
  global: { requests: 50, windowMs: 1_000 },
  perRoute: { requests: 1_000, windowMs: 1_000 },
});
