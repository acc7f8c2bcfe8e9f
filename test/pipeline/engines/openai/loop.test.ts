import { describe, expect, it } from 'vitest';

import sharp from 'sharp';

import { toMask } from '../../../../src/image/mask.ts';
import type { EncodedImage } from '../../../../src/image/types.ts';
import { openChatServer, type Asked } from '../../../support/fake-openai/chat-server.ts';
import {
  FINE,
  FLAWED,
  openEngine,
  PLAN,
  play,
  requestOn,
  scriptedModel,
} from '../../../support/fake-openai/engine.ts';
import { silence } from '../../../support/fake-openai/http.ts';
import { openImageServer, type Order } from '../../../support/fake-openai/image-server.ts';
import { paintDisc } from '../../../support/fake-openai/painters.ts';
import { leftHalf } from '../../../support/masks.ts';

const DISC = { x: 0.5, y: 0.5, radius: 0.2, colour: '#d01010' };
const paint = ({ pictures: [first = Buffer.alloc(0)] }: Order) => paintDisc(first, DISC);

const SOURCE: Promise<EncodedImage> = sharp({
  create: { width: 192, height: 128, channels: 3, background: '#5080a0' },
})
  .png()
  .toBuffer()
  .then((bytes) => ({ bytes, format: 'png', width: 192, height: 128 }));

const names = (asked: readonly Asked[]) => asked.map(({ name }) => name).toSorted();

async function servers(script: Parameters<typeof scriptedModel>[0] = {}) {
  const [chat, images] = await Promise.all([
    openChatServer({ model: scriptedModel(script) }),
    openImageServer({ paint }),
  ]);
  const engine = await openEngine({ reasoner: chat, editor: images });
  return { chat, images, engine };
}

describe('a turn on real servers', () => {
  it('ends at a success that all judges see, with no call too many', async () => {
    const { chat, images, engine } = await servers();
    const said: string[] = [];
    const result = await play(engine, requestOn(await SOURCE), (event) => {
      if (event.type === 'thinking-delta') said.push(event.text);
    });
    expect(result).toMatchObject({
      stopReason: 'success',
      thought: { kind: 'plan', instruction: PLAN.text, base: 'latest' },
      rounds: [{ reflection: { verdict: 'success', critique: 'The disc is there.' } }],
    });
    expect(said.join('')).toBe(PLAN.reasoning);
    expect(said.length).toBeGreaterThan(1);
    expect(names(chat.asked)).toEqual([
      'assessment',
      'edit_scores',
      'look_scores',
      'plan',
      'target',
    ]);
    expect(images.orders).toHaveLength(1);
    expect(result.usage).toMatchObject({ images: 1, inputTokens: 4_500, outputTokens: 300 });
  });

  it('within a mask tells the thinker where that is, and the painter as well', async () => {
    const { chat, images, engine } = await servers({
      plan: [{ ...PLAN, base: 'source', canvas: '16:9' }, PLAN],
    });
    const source = await SOURCE;
    const mask = await toMask(await leftHalf(96, 64), new AbortController());
    const history = [{ prompt: 'red', instruction: 'Make it red.', base: 'latest' as const }];
    const latest = { ...source, bytes: Buffer.from(source.bytes) };
    const request = requestOn(source, { latest, history, mask });
    const { thought } = await play(engine, request);
    expect(thought).toMatchObject({ instruction: PLAN.text, base: 'latest' });
    const plans = chat.asked.filter(({ name }) => name === 'plan');
    // The first answer began again from the source, which would undo what the mask does not hold.
    expect(plans).toHaveLength(2);
    expect(plans[0]?.text).toContain('from 0 % to 50 % of the width');
    expect(images.orders[0]?.mask).toBeDefined();
  });

  it('shows the judges the words of the user, and every question the same picture first', async () => {
    const { chat, engine } = await servers();
    await play(engine, requestOn(await SOURCE, { prompt: 'a “disc”, please {{target}}' }));
    const judged = chat.asked.filter(({ name }) => name !== 'plan' && name !== 'look_scores');
    for (const { text } of judged) expect(text).toContain('a “disc”, please {{target}}');
    const first = chat.asked
      .filter(({ name }) => name !== 'look_scores')
      .map(({ pictures }) => pictures[0]?.toString('base64'));
    expect(new Set(first).size).toBe(1);
  });

  it('refines the result, and keeps the target', async () => {
    const { chat, images, engine } = await servers({
      assessment: [FLAWED, { ...FLAWED, meets_instruction: 'yes', omissions: [], raw_score: 10 }],
      conclusion: [{ reason: 'Larger.', verdict: 'refine', instruction: 'Make the disc larger.' }],
    });
    const { rounds, best } = await play(engine, requestOn(await SOURCE));
    expect(rounds.map(({ instruction }) => instruction)).toEqual([
      PLAN.text,
      'Make the disc larger.',
    ]);
    expect(rounds[0]?.reflection?.scores.editSuccess).toBe(5);
    expect(best).toMatchObject({ round: 2 });
    expect(images.orders[1]?.prompt).toBe('Make the disc larger.');
    expect(chat.asked.filter(({ name }) => name === 'target')).toHaveLength(1);
  });

  it('reverts, with better words and another seed', async () => {
    const { images, engine } = await servers({
      assessment: [{ ...FLAWED, meets_instruction: 'no' }, FINE],
      conclusion: [{ reason: 'No.', verdict: 'revert', instruction: 'Add a large red disc.' }],
    });
    const { rounds } = await play(engine, requestOn(await SOURCE));
    expect(rounds).toHaveLength(2);
    const [first, second] = images.orders;
    expect(second).toMatchObject({ prompt: 'Add a large red disc.' });
    expect(second?.pictures[0]).toEqual(first?.pictures[0]);
    expect(second?.seed).not.toBe(first?.seed);
  });

  it('answers with the best round when none will do', async () => {
    const { engine } = await servers({
      assessment: [FLAWED],
      edit_scores: [
        { edit_success: 2, over_edit: 9 },
        { edit_success: 4, over_edit: 9 },
        { edit_success: 3, over_edit: 9 },
      ],
      conclusion: [{ reason: 'No.', verdict: 'revert', instruction: '' }],
    });
    const { best, stopReason } = await play(engine, requestOn(await SOURCE));
    expect({ best, stopReason }).toEqual({
      best: { round: 2, reason: 'highest-score' },
      stopReason: 'max-rounds',
    });
  });

  it('knows an edit that changed nothing without asking', async () => {
    const chat = await openChatServer({ model: scriptedModel() });
    let rounds = 0;
    const images = await openImageServer({
      paint: async (order) => ((rounds += 1) === 1 ? (order.pictures[0] as Buffer) : paint(order)),
    });
    const engine = await openEngine({ reasoner: chat, editor: images });
    const result = await play(engine, requestOn(await SOURCE));
    expect(result.rounds[0]?.reflection).toMatchObject({
      verdict: 'revert',
      scores: { editSuccess: 0, overEdit: 10 },
    });
    expect(result.rounds).toHaveLength(2);
    expect(chat.asked).toHaveLength(5);
  });

  it('asks again for what can’t be read, names the fault, and gives up after the third answer', async () => {
    const { chat, engine } = await servers({
      plan: ['I would say: {"reasoning": 1}', `Sure!\n\`\`\`json\n${JSON.stringify(PLAN)}\n\`\`\``],
      assessment: ['It is fine.', { trouble: 'cut' }, 'Fine!', 'Fine!', 'Fine!', 'Fine!'],
    });
    const { thought, rounds } = await play(engine, requestOn(await SOURCE, { maxRounds: 1 }));
    expect(thought).toMatchObject({ kind: 'plan', instruction: PLAN.text });
    const asked = (name: string) => chat.asked.filter((question) => question.name === name);
    expect(asked('plan')[1]?.corrections[0]).toContain('reasoning');
    expect(asked('assessment')).toHaveLength(3);
    expect(asked('assessment')[1]?.corrections[0]).toContain('no JSON object');
    expect(asked('assessment')[2]?.corrections[1]).toContain('cut off');
    expect(rounds[0]?.reflection).toMatchObject({ verdict: 'revert', scores: { editSuccess: 0 } });
  });

  it('hands the request on as it is when no plan can be read', async () => {
    const { images, engine } = await servers({ plan: ['Hm.'] });
    await play(engine, requestOn(await SOURCE));
    expect(images.orders[0]?.prompt).toBe('add a red disc');
  });

  it.each([
    ['ask', { kind: 'question', text: 'Where?' }],
    ['cannot', { kind: 'declined', text: 'Where?', code: 'NOT_SUPPORTED' }],
    ['refuse', { kind: 'declined', text: 'Where?', code: 'CONTENT_REFUSED' }],
  ])('edits nothing when the model says “%s”', async (decision, thought) => {
    const { images, engine } = await servers({ plan: [{ ...PLAN, decision, text: 'Where?' }] });
    const result = await play(engine, requestOn(await SOURCE));
    expect(result.thought).toEqual(thought);
    expect(images.orders).toEqual([]);
  });

  it('changes the canvas where the request asks for it, and judges by that', async () => {
    const chat = await openChatServer({
      model: scriptedModel({ plan: [{ ...PLAN, canvas: '1:1' }] }),
    });
    const images = await openImageServer({
      paint: async (order) => {
        const [width = 0, height = 0] = order.size?.split('x').map(Number) ?? [];
        return sharp(await paint(order))
          .resize(width, height, { fit: 'fill' })
          .png()
          .toBuffer();
      },
    });
    const engine = await openEngine({ reasoner: chat, editor: images });
    const { rounds } = await play(engine, requestOn(await SOURCE));
    expect(images.orders[0]).toMatchObject({ size: '160x160', prompt: PLAN.text });
    expect(rounds).toMatchObject([
      { image: { width: 160, height: 160 }, reflection: { verdict: 'success' } },
    ]);
  });

  it('starts over from the source, in one merged instruction, when the chain has grown long', async () => {
    const merged = { ...PLAN, text: 'Add a red disc and a blue hat.', base: 'source' };
    const { chat, images, engine } = await servers({ plan: [PLAN, merged] });
    const source = await SOURCE;
    const latest = { ...source, bytes: await paintDisc(Buffer.from(source.bytes), DISC) };
    const turn = { prompt: 'more', instruction: 'Add more.', base: 'latest' } as const;
    const request = requestOn(source, { latest, history: [turn, turn, turn] });
    const { thought } = await play(engine, request);
    expect(chat.asked[0]?.text).toContain('painted over too often');
    expect(chat.asked[1]?.corrections[0]).toContain('base');
    expect(thought).toMatchObject({ base: 'source', instruction: merged.text });
    expect(images.orders[0]?.pictures[0]).toEqual(
      await sharp(source.bytes).png({ compressionLevel: 3 }).toBuffer(),
    );
  });

  it('goes on from the latest picture while the chain is short', async () => {
    const { chat, engine } = await servers();
    const source = await SOURCE;
    const latest = { ...source, bytes: await paintDisc(Buffer.from(source.bytes), DISC) };
    const turn = { prompt: 'more', instruction: 'Add more.', base: 'latest' } as const;
    const start = { ...turn, base: 'source' } as const;
    await play(engine, requestOn(source, { latest, history: [turn, turn, start, turn] }));
    expect(chat.asked[0]?.text).not.toContain('painted over too often');
    expect(chat.asked[0]?.pictures).toHaveLength(2);
  });

  it('closes its connections at a stop', async () => {
    const chat = await openChatServer({ model: scriptedModel(), troubles: [silence] });
    const engine = await openEngine({ reasoner: chat });
    const stop = new AbortController();
    const playing = play(engine, requestOn(await SOURCE), () => {}, stop.signal);
    await expect.poll(() => chat.receivedBytes()).toBeGreaterThan(0);
    stop.abort();
    expect(await playing).toMatchObject({ stopReason: 'stopped', rounds: [] });
    await expect.poll(() => chat.brokenOff()).toBe(1);
  });
});
