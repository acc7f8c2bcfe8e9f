import { App, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FakeSlack } from './fake-slack.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await FakeSlack.start();
});
afterEach(async () => {
  await slack[Symbol.asyncDispose]();
});

describe('the fake Slack', () => {
  it('is Slack to an unmodified Bolt', async () => {
    const app = new App({
      token: slack.botToken,
      appToken: slack.app.appToken,
      socketMode: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: `You said: ${event.text}`, thread_ts: event.ts });
    });
    await app.start();
    const ann = slack.person('ann');
    const general = slack.channel('general');
    const message = await ann.mentions(general, 'hello');
    await slack.dispatcher.atRest();
    await expect.poll(() => slack.thread(message).length).toBe(2);
    expect(slack.thread(message).at(-1)?.text).toMatch(/^You said: <@U\w+> hello$/);
    expect(slack.faults).toEqual([]);
    await app.stop();
  });
});
