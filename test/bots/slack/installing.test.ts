import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { plain } from '../../../src/bots/plain-text.ts';
import { openSlackAdapter, type SlackAdapter } from '../../../src/bots/slack/adapter.ts';
import type { Incoming } from '../../../src/bots/types.ts';
import { parseSettings } from '../../../src/config/index.ts';
import { FakeSlack } from '../../support/fake-slack/fake-slack.ts';
import type { Workspace } from '../../support/fake-slack/workspace.ts';
import { call } from './home.ts';

let folder: string;
let slack: FakeSlack;
let other: Workspace;
let adapter: SlackAdapter;
const incoming: Incoming[] = [];

async function start(key: string): Promise<void> {
  const settings = parseSettings({
    DATA_DIR: folder,
    SLACK_API_URL: slack.apiUrl,
    SLACK_CLIENT_ID: slack.app.clientId,
    SLACK_CLIENT_SECRET: slack.app.clientSecret,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_PORT: '0',
    SLACK_TOKEN_KEY: key,
  });
  const opened = openSlackAdapter({ settings, clock: slack.clock });
  if (!opened) throw new Error('Slack is not set up.');
  adapter = opened;
  await adapter.start(async (one) => void incoming.push(one), call);
  await slack.sendTo(adapter.url ?? '');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slack-installs-'));
  slack = await FakeSlack.start();
  other = slack.addWorkspace('globex');
  await start('ab'.repeat(32));
});
afterAll(async () => {
  await adapter[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** What a browser does: it goes to the bot, is sent to Slack, and comes back with a code. */
async function install(workspace: Workspace): Promise<Response> {
  const { origin } = new URL(adapter.url ?? '');
  const away = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  const asked = new URL(away.headers.get('location') ?? '');
  expect(asked.searchParams.get('scope')).toContain('files:read');
  const state = asked.searchParams.get('state') ?? '';
  const back = `${origin}/slack/oauth_redirect?code=${slack.allow(workspace)}&state=${state}`;
  const [cookie = ''] = (away.headers.get('set-cookie') ?? '').split(';');
  return fetch(back, { headers: { cookie }, redirect: 'manual' });
}

const note = (workspace: Workspace, channel: string) =>
  adapter.postMessage(
    { place: { platform: 'slack', workspace: workspace.id, channel }, context: {} },
    { message: { kind: 'note', text: plain('Hello.'), pictures: [], buttons: [] } },
    'marker00000000000000',
    call,
  );

describe('the app in many workspaces', () => {
  it('is nothing where it is not installed', async () => {
    const garden = slack.channel('garden', { workspace: other });
    await expect(note(other, garden.id)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await slack.person('bea', { workspace: other }).writes('hello?');
    await slack.dispatcher.atRest();
    expect(incoming).toEqual([]);
  });

  it('hears and answers where people have installed it, each with its own token', async () => {
    for (const workspace of [slack.workspace, other]) {
      expect((await install(workspace)).status).toBeLessThan(400);
    }
    for (const workspace of [slack.workspace, other]) {
      const name = `${workspace.domain}-person`;
      const message = await slack.person(name, { workspace }).writes('warmer');
      await slack.dispatcher.atRest();
      expect(incoming.at(-1)).toMatchObject({
        place: { workspace: workspace.id },
        author: { name },
      });
      await note(workspace, message.channel);
      const { messages = [] } = workspace.channels.get(message.channel) ?? {};
      expect(messages.at(-1)?.text).toBe('Hello.');
    }
  });

  it('keeps no token that can be read', async () => {
    const bytes = await readFile(join(folder, 'reasonedit.sqlite'));
    const log = await readFile(join(folder, 'reasonedit.sqlite-wal')).catch(() => Buffer.alloc(0));
    for (const { botToken } of [slack.workspace, other]) {
      expect(Buffer.concat([bytes, log]).includes(botToken)).toBe(false);
    }
  });

  it('takes no code without the state that it gave', async () => {
    const { origin } = new URL(adapter.url ?? '');
    const code = slack.allow(other);
    const answer = await fetch(`${origin}/slack/oauth_redirect?code=${code}&state=made-up`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('is the same after a restart, and gone where it was removed', async () => {
    await adapter[Symbol.asyncDispose]();
    await start('ab'.repeat(32));
    const channel = slack.person('bea', { workspace: other });
    const { channel: id } = await channel.writes('still there?');
    slack.clock.advance(2_000);
    await note(other, id);
    slack.revoke(other);
    await slack.dispatcher.atRest();
    await expect
      .poll(() =>
        note(other, id).then(
          () => '',
          ({ message }: Error) => message,
        ),
      )
      .toContain('removed from this workspace');
  });

  it('has to be installed again with another key', async () => {
    await adapter[Symbol.asyncDispose]();
    await start('cd'.repeat(32));
    const { channel } = await slack.person('acme-person').writes('hello');
    await expect(note(slack.workspace, channel)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });
});
