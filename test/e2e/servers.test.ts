import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { RoundMessage } from '../../src/bots/messages.ts';
import type { EditRecord } from '../../src/cli/record.ts';
import { jsonLines, readRecord, runMain, temporaryFolder } from '../support/command-line.ts';
import { openChatServer } from '../support/fake-openai/chat-server.ts';
import { FINE, FLAWED, PLAN, scriptedModel } from '../support/fake-openai/engine.ts';
import { status } from '../support/fake-openai/http.ts';
import { openImageServer } from '../support/fake-openai/image-server.ts';
import { drift, paintDisc } from '../support/fake-openai/painters.ts';
import { makePhoto } from '../support/photos.ts';
import { Product } from '../support/product.ts';
import { WebChatClient } from '../support/web-chat-client.ts';

const KEYS = { REASONER_API_KEY: 'sk-reasoner', EDITOR_API_KEY: 'sk-editor' };

/** Two servers, of which the editor's drifts, and the settings that name them. */
async function openServers(script: Parameters<typeof scriptedModel>[0] = {}) {
  const model = scriptedModel(script);
  const chat = await openChatServer({ model, apiKey: KEYS.REASONER_API_KEY });
  const images = await openImageServer({
    apiKey: KEYS.EDITOR_API_KEY,
    paint: async ({ pictures: [first = Buffer.alloc(0)] }) => {
      const disc = { x: 0.4, y: 0.5, radius: 0.15, colour: '#d01010' };
      return drift(await paintDisc(first, disc), { x: 5, y: -4, zoom: 1.01 });
    },
  });
  const env = { REASONER_URL: chat.url, EDITOR_URL: images.url, ...KEYS };
  return { chat, images, env };
}

describe('with two addresses set', { timeout: 120_000 }, () => {
  it('the command line edits with the models behind them', async () => {
    const { env, images, chat } = await openServers();
    const cwd = await temporaryFolder();
    await sharp((await makePhoto()).bytes).toFile(join(cwd, 'photo.png'));
    const args = ['edit', 'photo.png', 'add a red disc'];
    const prices = { PRICES: `${chat.model} 1 10 0, ${images.model} 0 0 0.02` };
    const { code, stdout, stderr } = await runMain(args, { cwd, env: { ...env, ...prices } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Put back of the picture before: its place (it was off by 6 px');
    expect(stdout).toMatch(/8 calls, 4500 tokens in, 300 out, \d\.\d MB sent, cost 0\.0275/);
    const file = await readFile(join(cwd, 'photo-edit', 'edit.json'), 'utf8');
    const record = JSON.parse(file) as EditRecord;
    expect(record).toMatchObject({
      engine: 'openai',
      stopReason: 'success',
      rounds: [{ instruction: PLAN.text, kept: { restored: expect.any(Number) as number } }],
      usage: { images: 1 },
    });
    expect(file + stdout).not.toContain('sk-');
  });

  it('the command line goes on from a round that falls short', async () => {
    const { env, images } = await openServers({
      assessment: [FLAWED, FINE],
      conclusion: [{ reason: 'More.', verdict: 'refine', instruction: 'Make it larger.' }],
    });
    const cwd = await temporaryFolder();
    await sharp((await makePhoto()).bytes).toFile(join(cwd, 'photo.png'));
    const { code } = await runMain(['edit', 'photo.png', 'add a red disc'], { cwd, env });
    expect(code).toBe(0);
    expect(await readRecord(join(cwd, 'photo-edit'))).toMatchObject({
      stopReason: 'success',
      rounds: [
        { instruction: PLAN.text, reflection: { verdict: 'refine' } },
        { instruction: 'Make it larger.', reflection: { verdict: 'success' } },
      ],
    });
    expect(images.orders).toHaveLength(2);
  });

  it('an engine of two halves does as well', async () => {
    const { env } = await openServers();
    const cwd = await temporaryFolder();
    await sharp((await makePhoto()).bytes).toFile(join(cwd, 'photo.png'));
    const settings = { ...env, ENGINE_PAIRS: 'mine=openai+openai' };
    const args = ['edit', 'photo.png', 'add a red disc', '--engine', 'mine', '--json'];
    const { code, stdout } = await runMain(args, { cwd, env: settings });
    expect(code).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ engine: 'mine', stopReason: 'success' });
    const other = await runMain([...args.slice(0, 3), '--engine', 'yours'], { cwd, env: settings });
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toContain('choose one of: darkroom, openai');
    expect(other.stderr).toContain(', mine.');
  });

  it('the chat edits with them too, and tells what was put back', async () => {
    const { env } = await openServers();
    const product = await Product.start({ ...env, HEALTH_PORT: '0' });
    onTestFinished(() => product[Symbol.asyncDispose]());
    const client = new WebChatClient(product.url);
    const { bytes } = await makePhoto();
    const { thread } = await client.say('add a red disc', { files: [bytes] });
    let round: RoundMessage | undefined;
    const signal = AbortSignal.timeout(90_000);
    for await (const { messages } of client.events(thread, undefined, signal)) {
      const contents = messages.map(({ content }) => content);
      round = contents.find(
        (content) => content && 'kind' in content && content.kind === 'round' && content.critique,
      ) as RoundMessage | undefined;
      if (round) break;
    }
    expect(round?.critique?.text).toContain('The disc is there.');
    expect(round?.critique?.text).toContain('Put back of the picture before');
    expect(round?.verdict?.kind).toBe('success');
    const [, health] = /health is at (\S+)\/readyz/.exec(product.output) ?? [];
    const metrics = await (await fetch(`${health}/metrics`)).text();
    expect(metrics).toMatch(/reasonedit_input_tokens_total\{stage="reflect"\} 3600/);
    expect(metrics).toMatch(/reasonedit_painted_images_total\{stage="edit"\} 1/);
  });

  it('the doctor asks both', async () => {
    const { env, chat } = await openServers();
    const cwd = await temporaryFolder();
    const good = await runMain(['doctor', '--json'], { cwd, env });
    expect(good.code).toBe(0);
    const found = (stdout: string, name: string) =>
      jsonLines(stdout).find((line) => line['name'] === name);
    expect(found(good.stdout, "reasoner's server")).toMatchObject({
      status: 'ok',
      found: expect.stringContaining(chat.model) as string,
    });
    expect(found(good.stdout, 'engine openai')).toMatchObject({ status: 'ok' });
    const wrong = { ...env, REASONER_API_KEY: 'sk-wrong', EDITOR_MODEL: 'none' };
    const bad = await runMain(['doctor', '--json'], { cwd, env: wrong });
    expect(found(bad.stdout, "reasoner's server")).toMatchObject({
      status: 'missing',
      advice: expect.stringContaining('REASONER_API_KEY') as string,
    });
    expect(found(bad.stdout, "editor's server")).toMatchObject({
      advice: expect.stringContaining('EDITOR_MODEL') as string,
    });
  });

  it('a server that refuses ends the command with one sentence', async () => {
    const chat = await openChatServer({
      model: scriptedModel(),
      troubles: [status(400, { message: 'Bad words', code: 'content_policy_violation' })],
    });
    const cwd = await temporaryFolder();
    await sharp((await makePhoto()).bytes).toFile(join(cwd, 'photo.png'));
    const env = { REASONER_URL: chat.url, EDITOR_URL: chat.url };
    const { code, stderr } = await runMain(['edit', 'photo.png', 'add it'], { cwd, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^reasonedit: The reasoner refused this request.*\n$/);
  });
});
