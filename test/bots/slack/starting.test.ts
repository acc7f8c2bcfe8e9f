import { describe, expect, it } from 'vitest';

import { openSlackAdapter } from '../../../src/bots/slack/adapter.ts';
import { SCOPES } from '../../../src/bots/slack/setup.ts';
import type { Incoming } from '../../../src/bots/types.ts';
import { checkSlack } from '../../../src/cli/doctor/slack.ts';
import { parseSettings } from '../../../src/config/index.ts';
import type { AppError } from '../../../src/errors.ts';
import { FakeSlack } from '../../support/fake-slack/fake-slack.ts';
import { adapterIn, call, settingsFor } from './home.ts';

describe('the settings of Slack', () => {
  it('are none by default', () => {
    expect(openSlackAdapter({ settings: parseSettings({}) })).toBe(undefined);
  });
});

describe('the start', () => {
  it('says which token Slack refuses, and shows none', async () => {
    await using slack = await FakeSlack.start();
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']) {
      const settings = settingsFor(slack, 'socket', { [name]: 'made-up' });
      const adapter = openSlackAdapter({ settings, clock: slack.clock });
      await expect(adapter?.start(async () => {}, call)).rejects.toMatchObject({
        code: 'BAD_SETTINGS',
        message: `Slack refuses ${name}; copy it anew.`,
      });
      await adapter?.[Symbol.asyncDispose]();
    }
  });

  it('does not wait for Slack where that is away, and connects when it is back', async () => {
    await using slack = await FakeSlack.start();
    slack.troubles.add('auth.test', { kind: 'status', status: 503 });
    const problems: AppError[] = [];
    const incoming: Incoming[] = [];
    const adapter = adapterIn(slack, 'socket', (error) => problems.push(error));
    await adapter.start(async (one) => void incoming.push(one), call);
    expect(problems).toMatchObject([{ code: 'PLATFORM_UNAVAILABLE' }]);
    await expect.poll(() => (slack.clock.advance(1_000), slack.sockets.count)).toBe(1);
    await slack.person('ann').writes('warmer');
    await slack.dispatcher.atRest();
    expect(incoming).toHaveLength(1);
    await adapter[Symbol.asyncDispose]();
  });

  it('needs a port that is free', async () => {
    await using slack = await FakeSlack.start();
    const first = adapterIn(slack, 'http');
    await first.start(async () => {}, call);
    const { port } = new URL(first.url ?? '');
    const settings = settingsFor(slack, 'http', { SLACK_PORT: port });
    const second = openSlackAdapter({ settings, clock: slack.clock });
    await expect(second?.start(async () => {}, call)).rejects.toMatchObject({
      code: 'BAD_SETTINGS',
      message: expect.stringContaining('SLACK_PORT') as string,
    });
    await first[Symbol.asyncDispose]();
  });

  it('takes requests from Slack alone', async () => {
    await using slack = await FakeSlack.start();
    const adapter = adapterIn(slack, 'http');
    const incoming: Incoming[] = [];
    await adapter.start(async (one) => void incoming.push(one), call);
    const requests = await slack.sendTo(adapter.url ?? '');
    requests.ageMs = 400_000;
    expect((await requests.post('application/json', '{}')).status).toBe(401);
    const unsigned = await fetch(adapter.url ?? '', { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(401);
    expect((await fetch(new URL('/', adapter.url))).status).toBe(404);
    expect(incoming).toEqual([]);
    await adapter[Symbol.asyncDispose]();
  });
});

describe('the doctor', () => {
  const check = (slack: FakeSlack, more: Record<string, string> = {}) =>
    checkSlack(settingsFor(slack, 'socket', more));

  it('has nothing to say where there is no Slack', async () => {
    expect(await checkSlack(parseSettings({}))).toMatchObject({ status: 'missing' });
  });

  it('finds who the bot is, and names the scopes that it lacks', async () => {
    await using slack = await FakeSlack.start({ scopes: SCOPES });
    expect(await check(slack)).toEqual({ name: 'Slack', status: 'ok', found: '@editor in acme' });
    slack.workspace.scopes.delete('files:read');
    expect(await check(slack)).toMatchObject({
      status: 'warning',
      found: '@editor in acme, without files:read',
    });
  });

  it('finds tokens that are refused, and a Slack that is away', async () => {
    await using slack = await FakeSlack.start();
    expect(await check(slack, { SLACK_APP_TOKEN: 'made-up' })).toMatchObject({
      status: 'missing',
      advice: 'Slack refuses SLACK_APP_TOKEN; copy it anew.',
    });
    slack.troubles.add('auth.test', { kind: 'status', status: 503 });
    expect(await check(slack)).toMatchObject({
      status: 'missing',
      found: expect.stringContaining('does not answer') as string,
    });
  });
});
