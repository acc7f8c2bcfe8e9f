import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { parseSettings, SETTING_NAMES } from '../../src/config/index.ts';
import { assignmentsIn, deployFile } from './files.ts';

const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  build: z.object({ dockerfile: z.literal('deploy/Dockerfile'), target: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
  profiles: z.array(z.string()).default([]),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
});

const compose = Compose.parse(parse(await deployFile('compose.yaml'), { merge: true }));
const { redis, bots, worker, 'worker-cuda': cuda } = compose.services;
const dockerfile = await deployFile('Dockerfile');
const processes = [bots, worker, cuda].flatMap((service) => service ?? []);

describe('compose.yaml', () => {
  it('has one Redis, bots, workers, and workers with CUDA for those who ask', () => {
    expect(Object.keys(compose.services)).toEqual(['redis', 'bots', 'worker', 'worker-cuda']);
    expect(cuda?.profiles).toEqual(['cuda']);
    expect(processes.map(({ build }) => build?.target)).toEqual(['bot', 'worker', 'worker-cuda']);
  });

  it('sets settings that there are, to values that they take', () => {
    for (const { environment } of processes) {
      expect(SETTING_NAMES).toEqual(expect.arrayContaining(Object.keys(environment)));
      const values = Object.entries(environment).map(([name, value]) => [name, filledIn(value)]);
      expect(() => parseSettings(Object.fromEntries(values))).not.toThrow();
    }
  });

  it('keeps secrets of bots and workers apart: no database for workers', () => {
    expect(bots?.environment).toHaveProperty('DATABASE_URL');
    expect(worker?.environment).not.toHaveProperty('DATABASE_URL');
    expect(worker?.environment).not.toHaveProperty('WEB_TOKEN');
    expect(worker?.environment).toHaveProperty('REASONER_API_KEY');
    expect(bots?.environment).not.toHaveProperty('REASONER_API_KEY');
    expect(bots?.environment).not.toHaveProperty('EDITOR_API_KEY');
  });

  it('makes Redis lose nothing', () => {
    const command = redis?.command?.join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--appendfsync always');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(redis?.ports).toEqual([]);
  });

  it('shares the pictures, and names each volume', () => {
    for (const { volumes } of processes) expect(volumes).toContain('pictures:/data/images');
    for (const { volumes } of Object.values(compose.services)) {
      for (const volume of volumes)
        expect(compose.volumes).toHaveProperty(volume.replace(/:.*/, ''));
    }
  });

  it('shows the chat to this machine alone, at the port where it is', () => {
    const port = String(parseSettings({}).WEB_PORT);
    expect(bots?.environment['WEB_PORT']).toBe(port);
    expect(bots?.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    for (const service of [redis, worker, cuda]) expect(service?.ports).toEqual([]);
  });

  it('leaves a round in hand the time that it may take', () => {
    const { SHUTDOWN_SECONDS } = parseSettings({});
    for (const { stop_grace_period: grace = '' } of processes) {
      expect(Number.parseInt(grace, 10)).toBeGreaterThanOrEqual(SHUTDOWN_SECONDS + 10);
    }
  });
});

describe('the Dockerfile', () => {
  const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, from, name]) => ({
    from,
    name,
  }));

  it('has a stage for each image of compose.yaml', () => {
    const names = stages.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(processes.map(({ build }) => build?.target ?? '')),
    );
  });

  it('sets settings that there are', () => {
    const names = [...assignmentsIn(dockerfile, /^ENV /).keys()];
    expect([...SETTING_NAMES, 'NODE_ENV']).toEqual(expect.arrayContaining(names));
  });

  it('tells its health where it is asked', () => {
    const port = assignmentsIn(dockerfile, /^ENV /).get('HEALTH_PORT');
    for (const { environment } of processes) expect(environment['HEALTH_PORT']).toBe(port);
    expect(dockerfile.match(/^HEALTHCHECK /gm)).toHaveLength(2);
    expect(dockerfile).toContain('process.env.HEALTH_PORT}/healthz');
  });

  it('ends as somebody who is not root, in each image', () => {
    for (const image of ['base', 'worker-cuda']) {
      const stage = dockerfile.split(/^(?=FROM )/m).find((part) => part.includes(` AS ${image}\n`));
      expect(stage).toMatch(/^USER node$/m);
    }
  });

  it('copies what the build context has', async () => {
    const context = await deployFile('../.dockerignore');
    for (const [, files = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
      for (const file of files.split(' ')) {
        expect(context).toContain(`!${file.replace('./', '')}\n`);
      }
    }
  });
});

/** What Compose makes of `${NAME:-default}`, where nobody set anything but what is asked for. */
const filledIn = (value: string): string =>
  value
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\w+:\?[^}]*\}/g, '0123456789abcdef');
