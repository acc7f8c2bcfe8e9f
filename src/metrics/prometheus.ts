import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Usage } from '../pipeline/usage.ts';
import type { Measurement } from './measurements.ts';
import type { GaugeName, Metrics } from './types.ts';

/** What Prometheus scrapes. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

export interface Prometheus extends Metrics {
  readonly expose: () => Promise<Exposition>;
}

const GAUGES: Readonly<Record<GaugeName, { name: string; help: string; byEngine: boolean }>> = {
  waiting: {
    name: 'reasonedit_queue_waiting_turns',
    help: 'Turns that wait for a worker.',
    byEngine: true,
  },
  running: {
    name: 'reasonedit_queue_running_turns',
    help: 'Turns that a worker has in hand.',
    byEngine: true,
  },
  served: {
    name: 'reasonedit_engine_served',
    help: '1 for an engine that some worker serves, 0 for one that none does.',
    byEngine: true,
  },
  memory: {
    name: 'reasonedit_engine_memory_bytes',
    help: "Memory of an engine's process, mapped files not counted.",
    byEngine: true,
  },
  undelivered: {
    name: 'reasonedit_undelivered_turns',
    help: 'Turns whose thread may differ from their state, up to 1,000.',
    byEngine: false,
  },
};

/** From the darkroom's tenths of a second to minutes of a large model. */
const STAGE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const WAIT_SECONDS = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3_600];
const ROUNDS = [0, 1, 2, 3, 4, 5, 10];

/** Numbers for Prometheus, those of Node.js among them: event loop, memory, garbage collection. */
export function openPrometheus(): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const stages = new Histogram({
    name: 'reasonedit_stage_seconds',
    help: 'How long a run thought, edited and reflected.',
    labelNames: ['stage'],
    buckets: STAGE_SECONDS,
    registers,
  });
  const waits = new Histogram({
    name: 'reasonedit_queue_wait_seconds',
    help: 'How long a turn waited for its first worker.',
    buckets: WAIT_SECONDS,
    registers,
  });
  const rounds = new Histogram({
    name: 'reasonedit_turn_rounds',
    help: 'Rounds of a turn that has ended.',
    buckets: ROUNDS,
    registers,
  });
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const verdicts = counter('reasonedit_verdicts_total', 'Rounds by what they came to.', 'verdict');
  const turns = counter(
    'reasonedit_turns_total',
    'Turns by how they ended, and why where they failed or were declined.',
    'outcome',
    'code',
  );
  const faults = counter('reasonedit_faults_total', 'Failures that the log tells of.', 'code');

  const used = {
    calls: counter('reasonedit_server_calls_total', 'Calls of the models’ servers.', 'stage'),
    inputTokens: counter('reasonedit_input_tokens_total', 'Tokens that models read.', 'stage'),
    outputTokens: counter('reasonedit_output_tokens_total', 'Tokens that models wrote.', 'stage'),
    images: counter('reasonedit_painted_images_total', 'Pictures that models painted.', 'stage'),
    sentBytes: counter('reasonedit_server_sent_bytes_total', 'Bytes sent to servers.', 'stage'),
    receivedBytes: counter(
      'reasonedit_server_received_bytes_total',
      'Bytes got of servers.',
      'stage',
    ),
    seconds: counter('reasonedit_server_seconds_total', 'Time spent waiting for servers.', 'stage'),
    cost: counter('reasonedit_cost_total', 'Cost by the prices of the settings.', 'stage'),
  } satisfies Record<keyof Usage, Counter>;

  const record = (measurement: Measurement): void => {
    switch (measurement.kind) {
      case 'stage':
        return stages.observe({ stage: measurement.stage }, measurement.seconds);
      case 'usage':
        for (const [name, of] of Object.entries(used) as [keyof Usage, Counter][]) {
          of.inc({ stage: measurement.stage }, measurement.usage[name] ?? 0);
        }
        return;
      case 'verdict':
        return verdicts.inc({ verdict: measurement.verdict });
      case 'wait':
        return waits.observe(measurement.seconds);
      case 'end':
        turns.inc({ outcome: measurement.outcome, code: measurement.code ?? '' });
        return rounds.observe(measurement.rounds);
      case 'fault':
        return faults.inc({ code: measurement.code });
    }
    return measurement satisfies never;
  };
  const watch: Metrics['watch'] = (gauge, read) => {
    const { name, help, byEngine } = GAUGES[gauge];
    const labelNames = byEngine ? ['engine'] : [];
    const collect = async function collect(this: Gauge): Promise<void> {
      this.reset();
      for (const [engine, value] of await read().catch(() => [])) {
        if (byEngine) this.set({ engine }, value);
        else this.set(value);
      }
    };
    registry.registerMetric(new Gauge({ name, help, labelNames, registers: [], collect }));
  };
  return {
    record,
    watch,
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
