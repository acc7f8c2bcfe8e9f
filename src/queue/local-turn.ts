import { earliest } from './deadline.ts';
import { readAddress, writeJob, type Address, type EditJob } from './job.ts';
import { UpdateLog } from './update-log.ts';

/** What a turn of the local queue is at, unless its log has ended. */
export type TurnState =
  | { readonly kind: 'waiting' }
  /** A run of it failed, and it waits for its next attempt. */
  | { readonly kind: 'resting'; readonly cancelTimer: () => void }
  | { readonly kind: 'running'; readonly controller: AbortController };

/** A turn that the local queue knows. */
export class LocalTurn {
  readonly address: Address;
  readonly log = new UpdateLog();
  state: TurnState = { kind: 'waiting' };
  /** Why somebody cancelled it while it ran; holds for any further run. */
  cancelReason: string | undefined;
  /** Runs that were begun. */
  attempts = 0;
  cancelDeadline = () => {};
  readonly #json: string;

  /** @throws {AppError} `JOB_UNREADABLE` */
  constructor(job: EditJob) {
    this.#json = writeJob(job);
    this.address = readAddress(this.job);
  }

  /** A copy, as it would come out of any other queue. */
  get job(): unknown {
    return JSON.parse(this.#json);
  }

  get deadlineAt(): number | undefined {
    const started = this.log.facts.find(({ type }) => type === 'started');
    return earliest(
      this.address.deadlineAt,
      started?.type === 'started' ? started.deadlineAt : undefined,
    );
  }
}
