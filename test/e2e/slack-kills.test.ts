import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUSY_MACHINE, startBotAt, type BotAtSlack } from '../support/fake-slack/bot-at-slack.ts';
import { FakeSlack } from '../support/fake-slack/fake-slack.ts';
import { lakePhoto } from '../support/fake-slack/lake-photo.ts';
import { appOfManifest } from '../support/fake-slack/manifest.ts';
import type { OwnFile, Person } from '../support/fake-slack/person.ts';
import type { Seen } from '../support/fake-slack/seen.ts';
import { transcriptOf } from '../support/fake-slack/transcript.ts';
import type { Ambush } from '../support/fake-slack/troubles.ts';
import { until, untilAnswered, untilHeard, untilSaid } from '../support/fake-slack/until.ts';

type Kill = Pick<Ambush, 'atCall' | 'when'>;

/** So many calls at most a life lasts; a request takes about twice as many. */
const CALLS = 8;
const LIVES = 5;

let slack: FakeSlack;
let bot: BotAtSlack;
let ann: Person;
let photo: OwnFile;

beforeAll(async () => {
  photo = await lakePhoto();
  slack = await FakeSlack.start({
    ...(await appOfManifest()),
    pollsUntilReady: 0,
    ...BUSY_MACHINE,
  });
  slack.dispatcher.retryAfterMs = [0, ...Array.from({ length: 40 }, () => 250)];
  ann = slack.person('ann');
  bot = await startBotAt(slack, 'Socket Mode');
  await bot.product.says(/is the answer/);
}, 120_000);
afterAll(async () => {
  await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  slack.demandNoFaults();
});

const kill: fc.Arbitrary<Kill> = fc.record({
  atCall: fc.integer({ min: 1, max: CALLS }),
  when: fc.constantFrom('unheard', 'heard', 'answered'),
});

/** Two requests and an undo, with a bot that is killed where it is said while it answers the requests. */
async function talk(name: string, kills: readonly Kill[]) {
  const channel = slack.channel(name);
  const left = [...kills];
  let deaths = 0;
  let reborn: Promise<void> = Promise.resolve();
  const lieInWait = () => {
    const next = left.shift();
    if (!next) return;
    const strike = () => {
      deaths += 1;
      reborn = bot.restart().then(lieInWait);
    };
    slack.troubles.ambush({ ...next, strike });
  };
  lieInWait();
  const root = await ann.mentions(channel, 'flip it', [photo]);
  const thread = () => slack.thread(root);
  await untilAnswered(thread);
  await ann.replies(root, 'make it black and white');
  const [, grey] = await untilAnswered(thread, 2);
  left.splice(0);
  slack.troubles.clear();
  await reborn;
  await untilHeard(() => ann.presses((grey as Seen).message, 'Undo'));
  await untilSaid(thread, /^Back at this one/);
  return { deaths, transcript: () => transcriptOf(thread()) };
}

describe('the bot at Slack', { timeout: 300_000 }, () => {
  it('shows the same thread however often it is killed', async () => {
    const peace = (await talk('peace', [])).transcript();
    const seed = Number(process.env['SLACK_SEED'] ?? 20_261_124);
    const sample = fc.sample(fc.array(kill, { minLength: LIVES, maxLength: LIVES }), {
      seed,
      numRuns: 1,
    });
    for (const [index, kills] of sample.entries()) {
      const { deaths, transcript } = await talk(`war-${index}`, kills);
      expect(deaths).toBeGreaterThan(2);
      await until(
        () => transcript() === peace,
        () => `seed ${seed}: ${JSON.stringify(kills)}\n${transcript()}\n\nnot\n\n${peace}`,
      );
      expect(transcript()).toBe(peace);
    }
  });
});
