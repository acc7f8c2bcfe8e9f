import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cardOf } from '../../../src/bots/card.ts';
import { messagesOf } from '../../../src/bots/card-messages.ts';
import { fitted } from '../../../src/bots/fit.ts';
import { sentencesFor } from '../../../src/bots/sentences.ts';
import { openFileImages } from '../../../src/store/images/file-images.ts';
import { openConversationStore } from '../../../src/store/sql/index.ts';
import { runCourier, type Kill } from '../../support/courier-process.ts';
import { RECORDING_CAPABILITIES } from '../../support/recording-adapter.ts';
import { RecordingPlatform, type PlatformFault } from '../../support/recording-platform.ts';
import { small } from '../../support/small-pictures.ts';
import { add, request } from '../../support/turns.ts';

const CAPABILITIES = { ...RECORDING_CAPABILITIES, editIntervalMs: 0, postIntervalMs: 0 };
const call = { signal: new AbortController().signal };

const kill: fc.Arbitrary<Kill> = fc.record({
  atCall: fc.integer({ min: 1, max: 12 }),
  when: fc.constantFrom('unheard', 'heard', 'answered'),
});

const fault: fc.Arbitrary<PlatformFault> = fc.constantFrom(
  'none',
  'none',
  'none',
  'lost',
  'hangs-up',
);

describe('a bots process that is killed', () => {
  it('leaves nothing that the next one does not bring to its end: nothing lost, nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(kill, { minLength: 2, maxLength: 6 }),
        fc.array(fault, { maxLength: 12 }),
        async (kills, faults) => {
          const folder = await mkdtemp(join(tmpdir(), 'reasonedit-kill-'));
          try {
            await killAgainAndAgain(folder, kills, faults);
          } finally {
            await rm(folder, { recursive: true });
          }
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  }, 300_000);
});

async function killAgainAndAgain(
  folder: string,
  kills: readonly Kill[],
  faults: readonly PlatformFault[],
): Promise<void> {
  const settings = { DATA_DIR: folder, AUDIT_TEXT: false };
  const platform = new RecordingPlatform(CAPABILITIES, Date.now);
  platform.faults.push(...faults);
  await using images = await openFileImages(join(folder, 'images'));
  const image = await images.put(small('photo'), call);
  const ids: string[] = [];
  {
    await using store = await openConversationStore(settings);
    for (const channel of ['garden', 'garden', 'kitchen']) {
      const place = { platform: 'recording', channel };
      const { id } = await store.openConversation(place);
      const turn = await add(store, request(id, { base: { kind: 'image', image } }));
      ids.push(turn.id);
    }
  }

  let isDone = false;
  const courier = { settings, capabilities: CAPABILITIES };
  for (const next of kills) isDone ||= await runCourier(platform, courier, next);
  isDone ||= await runCourier(platform, courier);

  expect(isDone).toBe(true);
  expect(platform.violations).toEqual([]);
  await using store = await openConversationStore(settings);
  for (const id of ids) {
    const turn = (await store.turn(id)) ?? expect.fail('A turn was lost.');
    expect(turn).toMatchObject({ state: 'succeeded', rounds: [{}, {}] });
    const own = platform.messages
      .map(({ message }) => message)
      .filter((message) => 'turnId' in message && message.turnId === id);
    const card = cardOf(turn, { seeded: true });
    expect(own).toEqual(
      messagesOf(card, sentencesFor(undefined)).map(({ message }) => fitted(message, CAPABILITIES)),
    );
    for (const { image: picture } of turn.rounds) await images.get(picture, call);
  }
}
