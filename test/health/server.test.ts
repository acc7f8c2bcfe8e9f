import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';
import { openHealth, type Health } from '../../src/health/health.ts';
import { freePort } from '../support/free-port.ts';

let health: Health;

beforeEach(async () => {
  health = await openHealth(parseSettings({ HEALTH_PORT: '0' }));
});
afterEach(() => health[Symbol.asyncDispose]());

const get = (path: string, init?: RequestInit) => fetch(`${health.url}${path}`, init);

async function readiness() {
  const response = await get('/readyz');
  return { status: response.status, body: await response.json() };
}

describe('health', () => {
  it('is served to this machine alone', () => {
    expect(health.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('is there before anything else', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect(await readiness()).toEqual({
      status: 503,
      body: { ready: false, checks: { start: 'failing' } },
    });
  });

  it('is ready while all that is needed answers', async () => {
    let isAway = false;
    health.readiness.need('redis', async () => {
      if (isAway) throw new Error('redis://:hunter2@127.0.0.1 is away');
    });
    health.readiness.start();
    const checks = { start: 'ok', redis: 'ok' };
    expect(await readiness()).toEqual({ status: 200, body: { ready: true, checks } });
    isAway = true;
    const failing = { start: 'ok', redis: 'failing' };
    expect(await readiness()).toEqual({ status: 503, body: { ready: false, checks: failing } });
  });

  it('waits for no answer for ever', async () => {
    health.readiness.start();
    health.readiness.need('database', () => new Promise(() => {}));
    expect((await readiness()).status).toBe(503);
  });

  it('has numbers', async () => {
    health.metrics.record({ kind: 'verdict', verdict: 'success' });
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('reasonedit_verdicts_total{verdict="success"} 1');
  });

  it('has nothing else, and takes nothing', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('says which setting is wrong where the port is taken', async () => {
    const port = new URL(health.url ?? '').port;
    await expect(openHealth(parseSettings({ HEALTH_PORT: port }))).rejects.toMatchObject({
      code: 'BAD_SETTINGS',
      message: expect.stringContaining(`HEALTH_PORT ${port}`) as string,
    });
  });

  it('is nowhere without a port', async () => {
    const port = String(await freePort());
    await using silent = await openHealth(parseSettings({}));
    expect(silent).not.toHaveProperty('url');
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
  });
});
