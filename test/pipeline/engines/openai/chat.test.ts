import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { AppError } from '../../../../src/errors.ts';
import type { Engine, Thought } from '../../../../src/pipeline/types.ts';
import type { Usage } from '../../../../src/pipeline/usage.ts';
import {
  openChatServer,
  type ChatDialect,
  type ChatOptions,
} from '../../../support/fake-openai/chat-server.ts';
import { openEngine, PLAN, scriptedModel } from '../../../support/fake-openai/engine.ts';
import { hangUp, silence, status } from '../../../support/fake-openai/http.ts';
import { drain } from '../../../support/hosted-engine.ts';
import { solid } from '../../../support/fake-openai/painters.ts';

const KEY = 'sk-secret-0123456789';
const DIALECTS: readonly ChatDialect[] = ['openai', 'vllm', 'sglang', 'llama.cpp', 'ollama'];
const AGAIN = { 'retry-after': '0' };

async function think(engine: Engine, used: (usage: Usage) => void = () => {}): Promise<Thought> {
  const source = await solid(48, 32);
  const input = { prompt: 'a disc', source, latest: source, references: [], history: [] };
  const { outcome } = await drain(
    engine.reasoner.think(
      { ...input, exchanges: [], seed: 4_000_000_000 },
      {
        signal: new AbortController().signal,
        note: (note) => note.kind === 'used' && used(note.usage),
      },
    ),
  );
  return outcome;
}

const failureOf = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error as AppError,
  );

const openChat = (part: Partial<ChatOptions> = {}) =>
  openChatServer({ model: scriptedModel(), ...part });

describe('a reasoner', () => {
  it.each(DIALECTS)('speaks with %s', async (dialect) => {
    const chat = await openChat({ dialect, apiKey: KEY, thoughts: 'Let me see.' });
    // The model is the server's first one.
    const engine = await openEngine({ reasoner: { url: chat.url, apiKey: KEY } });
    expect(await think(engine)).toMatchObject({ kind: 'plan', instruction: PLAN.text });
    expect(chat.asked).toMatchObject([{ hasSchema: true, seed: 4_000_000_000 }]);
  });

  it.each(DIALECTS)(
    'does without a schema where %s has none, and asks just once for it',
    async (dialect) => {
      const model = scriptedModel({ plan: [`Here:\n\`\`\`json\n${JSON.stringify(PLAN)}\n\`\`\``] });
      const chat = await openChatServer({ dialect, model, noSchema: true });
      const engine = await openEngine({ reasoner: chat });
      const calls: number[] = [];
      await think(engine, (usage) => calls.push(usage.calls));
      expect(await think(engine, (usage) => calls.push(usage.calls))).toMatchObject({
        kind: 'plan',
      });
      expect(chat.asked).toMatchObject([{ hasSchema: false }, { hasSchema: false }]);
      expect(calls).toEqual([2, 1]);
    },
  );

  it('sends what the operator adds, and counts what was used, by its price', async () => {
    const chat = await openChat({ dialect: 'ollama' });
    const engine = await openEngine({
      reasoner: { ...chat, extra: { temperature: 0.2 } },
      options: { prices: { [chat.model]: { input: 1, output: 10, image: 0 } } },
    });
    const used: Usage[] = [];
    await think(engine, (usage) => used.push(usage));
    expect(used).toEqual([
      {
        calls: 1,
        inputTokens: 900,
        outputTokens: 60,
        images: 0,
        sentBytes: chat.receivedBytes(),
        receivedBytes: expect.any(Number) as number,
        seconds: expect.any(Number) as number,
        cost: expect.closeTo(0.0015, 9) as number,
      },
    ]);
  });

  it.each([
    ['asks to wait', status(429, { message: 'slow down' }, AGAIN)],
    ['is out of order', status(503, 'starting up', AGAIN)],
    ['has no workers', status(502, { message: '' }, AGAIN)],
  ])('asks again where a server %s', async (_, trouble) => {
    const chat = await openChat({ troubles: [trouble, trouble] });
    const engine = await openEngine({ reasoner: chat });
    expect(await think(engine)).toMatchObject({ kind: 'plan' });
  });

  it('says what came so far just once where a server dies in the middle', async () => {
    const chat = await openChatServer({
      model: scriptedModel({ plan: [{ trouble: 'death' }, PLAN] }),
    });
    const engine = await openEngine({ reasoner: chat });
    const source = await solid(48, 32);
    const input = {
      prompt: 'a',
      source,
      latest: source,
      references: [],
      history: [],
      exchanges: [],
    };
    const { signal } = new AbortController();
    const { steps, outcome } = await drain(
      engine.reasoner.think({ ...input, seed: 1 }, { signal }),
    );
    expect(outcome).toMatchObject({ kind: 'plan' });
    expect(steps.join('')).not.toContain('It isA');
  });

  it.each([
    ['a refusal', { trouble: 'refusal' } as const],
    ['a filter', { trouble: 'filter' } as const],
  ])('hands on %s as one', async (_, answer) => {
    const chat = await openChatServer({ model: scriptedModel({ plan: [answer] }) });
    const error = await failureOf(think(await openEngine({ reasoner: chat })));
    expect(error).toMatchObject({ code: 'CONTENT_REFUSED', retryable: false });
  });

  it.each([
    ['content_policy_violation', 'CONTENT_REFUSED'],
    ['content_filter', 'CONTENT_REFUSED'],
  ])('knows a refusal by the code %s', async (code, expected) => {
    const refusal = status(400, { message: 'Your words were …', code });
    const chat = await openChat({ troubles: [refusal] });
    const error = await failureOf(think(await openEngine({ reasoner: chat })));
    expect(error.code).toBe(expected);
    expect(chat.asked).toEqual([]);
  });

  it.each([
    ['a wrong key', status(401), 'BAD_SETTINGS', 'REASONER_API_KEY'],
    ['no such model', status(404), 'BAD_SETTINGS', 'REASONER_MODEL'],
    [
      'a redirect',
      status(302, {}, { location: 'http://127.0.0.1:9', ...AGAIN }),
      'ENGINE_UNAVAILABLE',
      '502',
    ],
    [
      'no credit',
      status(429, { message: 'x', code: 'insufficient_quota' }),
      'ENGINE_UNAVAILABLE',
      'credit',
    ],
    [
      'a long wait',
      status(429, { message: 'x' }, { 'retry-after': '900' }),
      'ENGINE_UNAVAILABLE',
      '429',
    ],
  ])(
    'tells of %s in one sentence, with nothing of what the server said',
    async (_, trouble, code, words) => {
      const chat = await openChat({ troubles: Array.from({ length: 4 }, () => trouble) });
      const engine = await openEngine({ reasoner: { ...chat, apiKey: 'none' } });
      const error = await failureOf(think(engine));
      expect(error).toMatchObject({ code, message: expect.stringContaining(words) as string });
      expect(error.message).not.toContain('slow');
    },
  );

  it('says how long a server wants to be left alone', async () => {
    const wait = status(429, { message: 'x' }, { 'retry-after': '900' });
    const chat = await openChat({ troubles: [wait] });
    const error = await failureOf(think(await openEngine({ reasoner: chat })));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 900_000 });
  });

  it('gives up on a server that does not answer', async () => {
    const chat = await openChat({ troubles: [silence] });
    const engine = await openEngine({ reasoner: { ...chat, timeoutMs: 200 } });
    expect(await failureOf(think(engine))).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('0.2 seconds') as string,
    });
    await expect.poll(() => chat.brokenOff()).toBe(1);
  });

  it('gives up on a server that hangs up, within its time', async () => {
    const chat = await openChat({ troubles: [hangUp, hangUp, hangUp, hangUp] });
    const engine = await openEngine({ reasoner: { ...chat, timeoutMs: 500 } });
    expect(await failureOf(think(engine))).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      retryable: true,
    });
  });

  it('needs an address', async () => {
    const { createEngine } = await import('../../../../src/pipeline/engines/openai/index.ts');
    const error = await failureOf(createEngine({ name: 'openai', options: {} }));
    expect(error).toMatchObject({ code: 'BAD_SETTINGS' });
    expect(error.message).toContain('REASONER_URL');
  });
});

describe('prompts of the operator', () => {
  async function folder(file: string, change: (text: string) => string): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'reasonedit-prompts-'));
    onTestFinished(() => rm(path, { recursive: true }));
    const own = new URL(`../../../../prompts/${file}`, import.meta.url);
    await writeFile(join(path, file), change(await readFile(own, 'utf8')));
    return path;
  }

  it('take the place of ours', async () => {
    const prompts = await folder('think.md', (text) => `${text}\nOnly red things.`);
    const chat = await openChat();
    await think(await openEngine({ reasoner: chat, options: { prompts } }));
    expect(chat.asked[0]?.text).toMatch(/Only red things\.$/);
  });

  it.each([
    [(text: string) => text.replace('version: 1', 'version: 0'), 'version: 1'],
    [(text: string) => text.replace('{{request}}', ''), '{{request}} is missing'],
    [(text: string) => `${text}{{mood}}`, '{{mood}}'],
  ])('are refused where they do not fit', async (change, words) => {
    const prompts = await folder('think.md', change);
    const error = await failureOf(openEngine({ options: { prompts } }));
    expect(error).toMatchObject({ code: 'BAD_SETTINGS' });
    expect(error.message).toContain(words);
  });
});
