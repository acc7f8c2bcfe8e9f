import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startBotAt, type BotAtSlack } from '../support/fake-slack/bot-at-slack.ts';
import { FakeSlack } from '../support/fake-slack/fake-slack.ts';
import { SLACK_RATES } from '../support/fake-slack/rates.ts';
import { kindOf } from '../support/fake-slack/transcript.ts';
import type { Message } from '../support/fake-slack/types.ts';

const MENTIONS = Number(process.env['SLACK_MENTIONS'] ?? 200);
const PEOPLE = 50;
const POLL_MS = 500;
/** Slack allows so few calls that the answers take a while. */
const PATIENCE_MS = 1_500_000;

/** Of a turn with one round: what can't be done with fewer calls. */
const LEAST: Readonly<Record<string, number>> = {
  download: 1,
  // the status, the round, the answer
  'chat.postMessage': 3,
  // that it is done
  'chat.update': 1,
  // the round's picture, and the one before; the answer is the round's
  'files.getUploadURLExternal': 2,
  upload: 2,
  'files.completeUploadExternal': 2,
  'files.info': 2,
};

let slack: FakeSlack;
let bot: BotAtSlack;

beforeAll(async () => {
  slack = await FakeSlack.start({
    pollsUntilReady: 0,
    patience: { withEventsMs: 60_000, withPeopleMs: 60_000 },
  });
  slack.dispatcher.copies = 3;
  bot = await startBotAt(slack, 'Socket Mode', {
    MAX_OPEN_REQUESTS_PER_USER: '1000',
    QUEUE_DEADLINE_SECONDS: '86400',
  });
  await bot.product.says(/is the answer/);
});
afterAll(async () => {
  await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
});

it(
  `answers ${MENTIONS} mentions at once, each sent three times`,
  { timeout: PATIENCE_MS },
  async () => {
    const create = { width: 240, height: 160, channels: 3, background: '#86a' } as const;
    const bytes = await sharp({ create }).png().toBuffer();
    const people = Array.from({ length: PEOPLE }, (_, index) => slack.person(`person-${index}`));
    const channels = people.map((_, index) => slack.channel(`channel-${index}`));
    const start = performance.now();
    slack.dispatcher.acks.splice(0);
    const firstCall = slack.troubles.calls.length;
    const asked = Array.from({ length: MENTIONS }, (_, index) => {
      const [person, channel] = [people[index % PEOPLE], channels[index % PEOPLE]];
      if (!person || !channel) throw new Error('There is nobody.');
      return person.mentions(channel, 'flip it', [{ name: 'plain.png', bytes }]);
    });
    const roots = await Promise.all(asked);
    await slack.dispatcher.atRest();
    const acks = slack.dispatcher.acks.map(({ tookMs }) => tookMs);
    while (roots.some((root) => countOf(root, 'final') === 0)) await pause(POLL_MS);
    await slack.dispatcher.atRest();
    const seconds = (performance.now() - start) / 1_000;
    const calls = slack.troubles.calls.slice(firstCall);

    console.log(`\n${MENTIONS} mentions at once, each sent three times as two events`);
    console.log(`time to ack, p50 and p99: ${quantile(acks, 0.5)} and ${quantile(acks, 0.99)} ms`);
    console.log(`until the last answer:    ${seconds.toFixed(0)} s`);
    console.log(
      'method                         calls a turn   least   most in a minute   allowed   429',
    );
    const methods = [...new Set(calls.map(({ method }) => method))].toSorted();
    for (const method of methods) {
      const times = calls.filter((call) => call.method === method);
      const refused = times.filter(({ error }) => error === 'ratelimited').length;
      const most = mostInAMinute(times.map(({ at }) => at));
      const allowed = allowedInAMinute(method);
      console.log(
        [
          method.padEnd(30),
          (times.length / MENTIONS).toFixed(2).padStart(12),
          String(LEAST[method] ?? 0).padStart(8),
          String(most).padStart(18),
          String(allowed ?? '').padStart(10),
          String(refused).padStart(6),
        ].join(''),
      );
      if (allowed !== undefined) expect(most - refused).toBeLessThanOrEqual(allowed);
    }
    const least = Object.values(LEAST).reduce((sum, count) => sum + count, 0);
    console.log(`all: ${(calls.length / MENTIONS).toFixed(2)} calls a turn, ${least} at least`);

    const turns = roots.flatMap((root) =>
      slack.thread(root).map(({ message }) => message.metadata?.event_payload['turn']),
    );
    expect(new Set(turns.filter((turn) => turn !== undefined)).size).toBe(MENTIONS);
    for (const kind of ['status', 'round', 'final'] as const) {
      expect(roots.map((root) => countOf(root, kind))).toEqual(roots.map(() => 1));
    }
    slack.demandNoFaults();
  },
);

const countOf = (root: Message, kind: ReturnType<typeof kindOf>): number =>
  slack.thread(root).filter((seen) => kindOf(seen) === kind).length;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function quantile(values: readonly number[], part: number): string {
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN).toFixed(0);
}

/** Of all channels together. */
function allowedInAMinute(method: string): number | undefined {
  const rates = (SLACK_RATES[method] ?? []).filter(({ byChannel }) => !byChannel);
  return rates.find(({ perMs }) => perMs === 60_000)?.calls;
}

function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((at) => times.filter((other) => other >= at && other < at + 60_000).length),
  );
}
