import type { Logger } from '../logger.ts';
import type { EditQueue, EditWorker } from '../queue/types.ts';
import { measureEnd, measureFact, type Measurement } from './measurements.ts';

type Record = (measurement: Measurement) => void;

/** The same worker, whose runs are measured by the facts that they log. */
export function watchedWorker(
  worker: EditWorker,
  record: Record,
  nowMs: () => number = () => performance.now(),
): EditWorker {
  return {
    run: (turn, call) => {
      let lastAt = nowMs();
      const append = async (facts: Parameters<typeof turn.log.append>[0]) => {
        await turn.log.append(facts);
        const at = nowMs();
        const seconds = (at - lastAt) / 1_000;
        lastAt = at;
        for (const measurement of facts.flatMap((fact) => measureFact(fact, seconds))) {
          record(measurement);
        }
      };
      const log = { append, show: turn.log.show.bind(turn.log) };
      return worker.run({ ...turn, log }, call);
    },
  };
}

/**
 * The same queue; how long turns wait and how they end is measured by those who follow them. A turn that
 * was enqueued in an earlier life of this process counts from when this one took it over.
 */
export function watchedQueue(
  queue: EditQueue,
  record: Record,
  nowMs: () => number = () => performance.now(),
): EditQueue {
  /** When which turn was enqueued that no worker has taken. */
  const enqueuedAt = new Map<string, number>();
  return {
    enqueue: async (job) => {
      await queue.enqueue(job);
      const hasBegun = job.finished?.thought !== undefined;
      if (!hasBegun && !enqueuedAt.has(job.turnId)) enqueuedAt.set(job.turnId, nowMs());
    },
    updates: async function* updates(turnId, after, call) {
      for await (const update of queue.updates(turnId, after, call)) {
        const since = enqueuedAt.get(turnId);
        if (update.type === 'started' && since !== undefined) {
          record({ kind: 'wait', seconds: (nowMs() - since) / 1_000 });
        }
        if (update.type === 'ended') record(measureEnd(update.outcome));
        if (update.type !== 'live') enqueuedAt.delete(turnId);
        yield update;
      }
    },
    position: (turnIds) => queue.position(turnIds),
    cancel: (turnId, reason) => queue.cancel(turnId, reason),
    release: (turnId) => queue.release(turnId),
    depths: () => queue.depths(),
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  };
}

/** The same log, whose failures are counted. */
export function watchedLog(log: Logger, record: Record): Logger {
  return {
    info: (event, facts) => log.info(event, facts),
    warn: (event, facts) => log.warn(event, facts),
    fault: (event, error, facts) => {
      record({ kind: 'fault', code: error.code });
      log.fault(event, error, facts);
    },
  };
}
