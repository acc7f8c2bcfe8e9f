import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';

import { App, HTTPReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { freePort } from '../free-port.ts';
import { EnvelopeReader } from './envelope-reader.ts';
import { FakeSlack } from './fake-slack.ts';
import { SILENT } from './silent.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await FakeSlack.start();
});
afterEach(() => slack[Symbol.asyncDispose]());

/** Hears a mention and answers it, in whatever way it is connected. */
function answersMentions(app: App): App {
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: `You said: ${event.text}`, thread_ts: event.ts });
  });
  return app;
}

async function expectAnswer(): Promise<void> {
  const message = await slack.person('ann').mentions(slack.channel('general'), 'hello');
  await expect.poll(() => slack.thread(message).length).toBe(2);
  expect(slack.thread(message).at(-1)?.text).toMatch(/^You said: <@U\w+> hello$/);
  expect(slack.faults).toEqual([]);
}

describe('an unmodified Bolt', () => {
  it('hears a mention and answers it over Socket Mode', async () => {
    const app = new App({
      token: slack.botToken,
      appToken: slack.app.appToken,
      socketMode: true,
      logger: SILENT,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    await answersMentions(app).start();
    slack.person('ann');
    await expectAnswer();
    await app.stop();
    await expect.poll(() => slack.sockets.count).toBe(0);
  });

  it('hears a mention and answers it over signed requests', async () => {
    const port = await freePort();
    const { signingSecret } = slack.app;
    const app = new App({
      token: slack.botToken,
      receiver: new HTTPReceiver({ signingSecret, logger: SILENT }),
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    await answersMentions(app).start(port);
    const requests = await slack.sendTo(`http://127.0.0.1:${port}/slack/events`);
    slack.person('ann');
    await expectAnswer();
    requests.ageMs = 400_000;
    expect((await requests.post('application/json', '{}')).status).toBe(401);
    await app.stop();
  });
});

describe('Socket Mode', () => {
  it('sends an event that nobody acknowledged again: at once, after a minute, after five', async () => {
    using reader = await EnvelopeReader.connect(slack);
    const ann = slack.person('ann');
    const general = slack.channel('general');
    await ann.says(general, 'hello');
    const numbers: unknown[] = [];
    const ids = new Set<string>();
    for (const waitMs of [0, 60_000, 300_000, 0]) {
      const envelope = await reader.next('events_api');
      numbers.push(envelope.retry_attempt);
      ids.add(envelope.payload.event_id);
      slack.clock.advance(3_000);
      await setImmediate();
      slack.clock.advance(waitMs);
    }
    await slack.dispatcher.atRest();
    expect(numbers).toEqual([0, 1, 2, 3]);
    expect([...ids]).toEqual(slack.dispatcher.undelivered);
  });

  it('sends no event again that was acknowledged, and calls an acknowledgement late after three seconds', async () => {
    using reader = await EnvelopeReader.connect(slack);
    await slack.person('ann').says(slack.channel('general'), 'hello');
    const first = await reader.next('events_api');
    slack.clock.advance(3_001);
    reader.ack(first);
    reader.ack(await reader.next('events_api'));
    await slack.dispatcher.atRest();
    slack.clock.advance(1_000_000);
    await slack.dispatcher.atRest();
    expect(reader.envelopes).toEqual([]);
    expect(slack.sockets.late).toBe(1);
  });

  it('sends what a lost connection took with it through the next one', async () => {
    using gone = await EnvelopeReader.connect(slack);
    await slack.person('ann').says(slack.channel('general'), 'hello');
    const { payload } = await gone.next('events_api');
    slack.sockets.cut();
    await slack.dispatcher.atRest();
    using reader = await EnvelopeReader.connect(slack);
    slack.clock.advance(60_000);
    expect((await reader.next('events_api')).payload.event_id).toBe(payload.event_id);
  });

  it('sends nothing through a connection that it asked to go', async () => {
    using old = await EnvelopeReader.connect(slack);
    slack.sockets.refresh('refresh_requested');
    expect((await old.next('disconnect')).reason).toBe('refresh_requested');
    using reader = await EnvelopeReader.connect(slack);
    await slack.person('ann').says(slack.channel('general'), 'hello');
    reader.ack(await reader.next('events_api'));
    await slack.dispatcher.atRest();
    expect(old.envelopes).toEqual([]);
  });

  it('takes a connection for each ticket, and ten of them', async () => {
    const readers = [];
    for (let count = 0; count < 10; count += 1) readers.push(await EnvelopeReader.connect(slack));
    const eleventh = EnvelopeReader.connect(slack);
    eleventh.catch(() => {});
    await expect
      .poll(() => slack.troubles.calls.filter((call) => call.method === 'apps.connections.open'))
      .toHaveLength(11);
    expect(slack.sockets.count).toBe(10);
    for (const reader of readers) reader.close();
  });

  it('sends an event as often as it is told to, and in the order it is told to', async () => {
    using reader = await EnvelopeReader.connect(slack);
    slack.dispatcher.copies = 3;
    slack.isMentionFirst = true;
    const ann = slack.person('ann');
    await ann.mentions(slack.channel('general'), 'hello');
    const events = [];
    for (let count = 0; count < 6; count += 1) {
      const envelope = await reader.next('events_api');
      events.push(envelope.payload.event.type);
      reader.ack(envelope);
    }
    await slack.dispatcher.atRest();
    expect(events).toEqual([
      'app_mention',
      'app_mention',
      'app_mention',
      'message',
      'message',
      'message',
    ]);
  });
});

describe('signed requests', () => {
  it('come again when they were not answered well, unless the app says not to', async () => {
    const numbers: unknown[] = [];
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      const number = request.headers['x-slack-retry-num'];
      numbers.push(number);
      response.writeHead(500, number === '1' ? { 'x-slack-no-retry': '1' } : {}).end();
    };
    const server = createServer((request, response) => {
      if (isVerified) answer(request, response);
      else request.pipe(response);
    }).listen(0, '127.0.0.1');
    let isVerified = false;
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
    await slack.sendTo(`http://127.0.0.1:${address.port}/`);
    isVerified = true;
    await slack.person('ann').says(slack.channel('general'), 'hello');
    await slack.dispatcher.atRest();
    slack.clock.advance(1_000_000);
    await slack.dispatcher.atRest();
    expect(numbers).toEqual([undefined, '1']);
    server.close();
  });
});
