import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { openPrometheus } from '../../src/metrics/prometheus.ts';
import type { GaugeName } from '../../src/metrics/types.ts';
import { assignmentsIn, deployFile } from './files.ts';

const GAUGES: readonly GaugeName[] = ['waiting', 'running', 'served', 'memory', 'undelivered'];

/** Names of all numbers that there are. */
async function numbers(): Promise<Set<string>> {
  const metrics = openPrometheus();
  for (const gauge of GAUGES) metrics.watch(gauge, async () => new Map());
  const { text } = await metrics.expose();
  return new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
}

it.each(['grafana-dashboard.json', 'alerts.yaml'])(
  '%s asks for numbers that there are',
  async (name) => {
    const text = await deployFile(name);
    expect(() => parse(text)).not.toThrow();
    const known = await numbers();
    const asked = [...text.matchAll(/\b(?:reasonedit|nodejs)_[a-z0-9_]+/g)].map(([found]) =>
      found.replace(/_(?:bucket|sum|count)$/, ''),
    );
    expect(asked.length).toBeGreaterThan(3);
    expect([...known]).toEqual(expect.arrayContaining(asked));
  },
);

it('prometheus.yaml asks where images and compose.yaml tell', async () => {
  const Scrape = z.object({
    scrape_configs: z.array(
      z.object({
        dns_sd_configs: z.array(z.object({ names: z.array(z.string()), port: z.int() })),
      }),
    ),
  });
  const { scrape_configs: jobs } = Scrape.parse(parse(await deployFile('prometheus.yaml')));
  const targets = jobs.flatMap((job) => job.dns_sd_configs);
  const port = assignmentsIn(await deployFile('Dockerfile'), /^ENV /).get('HEALTH_PORT');
  for (const target of targets) expect(String(target.port)).toBe(port);
  const { services } = parse(await deployFile('compose.yaml'), { merge: true });
  expect(Object.keys(services)).toEqual(
    expect.arrayContaining(targets.flatMap(({ names }) => names)),
  );
});
