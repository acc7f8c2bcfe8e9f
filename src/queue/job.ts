import { z } from 'zod';

import { jobUnreadable } from './failures.ts';
import { Base, RoundRecord, Thought } from '../store/findings.ts';
import { ImageReference } from '../store/image-reference.ts';

const VERSION = 1;

const Name = z.string().min(1).max(200);
const EpochMs = z.int().nonnegative();

/** What a queue reads of any job, whatever its version: whose it is, and who can do it. */
const address = {
  /** One turn is one job, by this name. */
  turnId: Name,
  /** The engine to run on, by its name. */
  engine: Name,
  /** Who asked, across platforms: whose share of the queue it takes. */
  person: Name,
  /** Whether that person's turns go before those of others, up to a bound. */
  hasPriority: z.boolean().exactOptional(),
};

/** What an earlier life of the turn had finished, as its updates told. */
const Finished = z
  .object({
    thought: Thought.exactOptional(),
    /** In order from 1; all but the last are judged. */
    rounds: z.array(RoundRecord).readonly(),
  })
  .refine(
    ({ thought, rounds }) => rounds.length === 0 || thought?.kind === 'plan',
    'Rounds need the plan that they follow.',
  )
  .refine(
    ({ rounds }) => rounds.every(({ round }, index) => round === index + 1),
    'Rounds count from 1.',
  )
  .refine(
    ({ rounds }) => rounds.slice(0, -1).every(({ reflection }) => reflection !== undefined),
    'Only the last round may be unjudged.',
  );

/** One turn, as any worker can play it. JSON; pictures are references; no secrets. */
export const EditJob = z.object({
  version: z.literal(VERSION),
  ...address,
  /** The user's own words. */
  prompt: z.string(),
  /** The picture that the conversation began with. */
  source: ImageReference,
  /** The picture that the request is about. */
  latest: ImageReference,
  /** Further pictures that came with the request. */
  references: z.array(ImageReference).readonly(),
  /** Where the picture may change: 255 there, 0 elsewhere. */
  mask: ImageReference.exactOptional(),
  /** The turns that lead from the source to the latest picture, oldest first. */
  history: z
    .array(
      z.object({
        prompt: z.string(),
        instruction: z.string(),
        base: Base,
        hasMask: z.boolean().exactOptional(),
      }),
    )
    .readonly(),
  /** What was said before in the same matter where `prompt` answers a question, oldest first. */
  exchanges: z
    .array(z.object({ prompt: z.string(), question: z.string() }))
    .readonly()
    .exactOptional(),
  maxRounds: z.int().positive(),
  seed: z.int(),
  /**
   * Milliseconds since the epoch after which nobody waits any more, queue included. A turn that is
   * enqueued again brings the one that its `started` told.
   */
  deadlineAt: EpochMs.exactOptional(),
  /** How long the turn may take from its first start, interruptions included. */
  timeLimitMs: z.int().positive().exactOptional(),
  finished: Finished.exactOptional(),
});

export type EditJob = Readonly<z.infer<typeof EditJob>>;

/**
 * A job as it crosses to another process.
 * @throws {AppError} `JOB_UNREADABLE` when it can not be written as JSON.
 */
export function writeJob(job: EditJob): string {
  try {
    return JSON.stringify(job) ?? 'null';
  } catch (error) {
    throw jobUnreadable('malformed', error);
  }
}

/**
 * A job from outside.
 * @throws {AppError} `JOB_UNREADABLE` when it is of another version, or not a job at all.
 */
export function readJob(json: unknown): EditJob {
  const parsed = EditJob.safeParse(json);
  if (parsed.success) return parsed.data;
  const { version } = Versioned.safeParse(json).data ?? {};
  throw jobUnreadable(version === VERSION ? 'malformed' : 'other-version', parsed.error);
}

const Versioned = z.object({ version: z.unknown() });

export interface Address {
  readonly turnId: string;
  readonly engine: string;
  readonly person: string;
  readonly hasPriority?: boolean;
  readonly deadlineAt?: number;
}

const AddressSchema: z.ZodType<Address> = z.object({
  ...address,
  deadlineAt: EpochMs.exactOptional(),
});

/**
 * What a queue needs to know of a job to let it wait for a worker, who reads the rest.
 * @throws {AppError} `JOB_UNREADABLE` when not even that can be read.
 */
export function readAddress(json: unknown): Address {
  const parsed = AddressSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw jobUnreadable('malformed', parsed.error);
}
