import { expect, it } from 'vitest';

import { openPrometheus } from '../../src/metrics/prometheus.ts';

it('numbers are counted and told in the words of Prometheus', async () => {
  const metrics = openPrometheus();
  metrics.record({ kind: 'stage', stage: 'edit', seconds: 0.3 });
  metrics.record({ kind: 'verdict', verdict: 'refine' });
  metrics.record({ kind: 'wait', seconds: 2 });
  metrics.record({ kind: 'end', outcome: 'failed', rounds: 1, code: 'ENGINE_CRASHED' });
  metrics.record({ kind: 'fault', code: 'STORE_UNAVAILABLE' });
  metrics.watch('waiting', async () => new Map([['darkroom', 4]]));
  metrics.watch('undelivered', async () => new Map([['', 2]]));
  const { contentType, text } = await metrics.expose();
  expect(contentType).toContain('text/plain');
  for (const line of [
    'reasonedit_stage_seconds_bucket{le="0.25",stage="edit"} 0',
    'reasonedit_stage_seconds_bucket{le="0.5",stage="edit"} 1',
    'reasonedit_verdicts_total{verdict="refine"} 1',
    'reasonedit_queue_wait_seconds_sum 2',
    'reasonedit_turns_total{outcome="failed",code="ENGINE_CRASHED"} 1',
    'reasonedit_turn_rounds_sum 1',
    'reasonedit_faults_total{code="STORE_UNAVAILABLE"} 1',
    'reasonedit_queue_waiting_turns{engine="darkroom"} 4',
    'reasonedit_undelivered_turns 2',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});

it('what can not be read is left out, and what is gone as well', async () => {
  const metrics = openPrometheus();
  const depths = [new Map([['darkroom', 1]]), new Map<string, number>()];
  metrics.watch('running', async () => depths.shift() ?? new Map());
  metrics.watch('waiting', () => Promise.reject(new Error('Redis is away.')));
  expect((await metrics.expose()).text).toContain('running_turns{engine="darkroom"} 1');
  const { text } = await metrics.expose();
  expect(text).not.toContain('running_turns{');
  expect(text).not.toContain('waiting_turns{');
});
