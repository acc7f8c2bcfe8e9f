import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { AppError } from '../../../../src/errors.ts';
import { toMask } from '../../../../src/image/mask.ts';
import type { EncodedImage } from '../../../../src/image/types.ts';
import type { EditInput, Engine } from '../../../../src/pipeline/types.ts';
import type { Usage } from '../../../../src/pipeline/usage.ts';
import { openEngine } from '../../../support/fake-openai/engine.ts';
import { hangUp, json, status } from '../../../support/fake-openai/http.ts';
import {
  openImageServer,
  type ImageDialect,
  type ImageOptions,
  type Order,
} from '../../../support/fake-openai/image-server.ts';
import { paintDisc, solid } from '../../../support/fake-openai/painters.ts';
import { drain } from '../../../support/hosted-engine.ts';
import { leftHalf } from '../../../support/masks.ts';

const DIALECTS: readonly ImageDialect[] = ['openai', 'vllm-omni', 'sglang', 'sd.cpp'];
const KEY = 'sk-secret-0123456789';
const CALL = { signal: new AbortController().signal };
const AGAIN = { 'retry-after': '0' };
const DISC = { x: 0.5, y: 0.5, radius: 0.3, colour: '#ff0000' };
const paint = ({ pictures: [first = Buffer.alloc(0)] }: Order) => paintDisc(first, DISC);

const openImages = (part: Partial<ImageOptions> = {}) => openImageServer({ paint, ...part });

async function edit(engine: Engine, part: Partial<EditInput> = {}) {
  const image = await solid(96, 64);
  const used: Usage[] = [];
  const done = await drain(
    engine.editor.edit(
      { image, references: [], instruction: 'Add a disc.', seed: 3_000_000_001, ...part },
      {
        signal: new AbortController().signal,
        note: (note) => note.kind === 'used' && used.push(note.usage),
      },
    ),
  );
  return { ...done, usage: used[0] };
}

const failureOf = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error as AppError,
  );

async function middle({ bytes }: EncodedImage): Promise<string> {
  const { width, height } = await sharp(bytes).metadata();
  const spot = { left: width >> 1, top: height >> 1, width: 1, height: 1 };
  const pixel = await sharp(bytes).removeAlpha().extract(spot).raw().toBuffer();
  return pixel.toString('hex');
}

describe('an editor', () => {
  it.each(DIALECTS)('paints with %s', async (dialect) => {
    const images = await openImages({ dialect, apiKey: KEY });
    // The model is the server's first one.
    const engine = await openEngine({ editor: { url: images.url, apiKey: KEY } });
    const { outcome } = await edit(engine);
    expect(outcome).toMatchObject({ format: 'png', width: 96, height: 64 });
    expect(await middle(outcome)).toBe('ff0000');
    expect(images.orders).toHaveLength(1);
    expect(images.orders[0]?.prompt).toMatch(/^Add a disc\./);
    // OpenAI has no seeds.
    expect(images.orders[0]?.seed).toBe(dialect === 'openai' ? undefined : 3_000_000_001 % 2 ** 31);
  });

  it.each(DIALECTS)('shows %s further pictures, after the first', async (dialect) => {
    const images = await openImages({ dialect });
    const references = [await solid(32, 32, '#00ff00'), await solid(16, 48)];
    await edit(await openEngine({ editor: images }), { references });
    expect(images.orders[0]?.pictures).toHaveLength(3);
    const [, second] = images.orders[0]?.pictures ?? [];
    expect(await sharp(second).metadata()).toMatchObject({ width: 32, height: 32 });
  });

  it.each(DIALECTS)('tells %s where it may paint', async (dialect) => {
    const images = await openImages({ dialect });
    const mask = await toMask(await leftHalf(30, 20), CALL);
    await edit(await openEngine({ editor: images }), { mask, instruction: 'Go. (canvas 1:1)' });
    const [order] = images.orders;
    const drawn = await sharp(order?.mask).raw().toBuffer({ resolveWithObject: true });
    const first = await sharp(order?.pictures[0]).metadata();
    expect(drawn.info).toMatchObject({ width: first.width, height: first.height, channels: 4 });
    // Transparent where it may, as OpenAI has it, and white there for those who look at colours.
    expect([...drawn.data.subarray(0, 4)]).toEqual([255, 255, 255, 0]);
    expect([...drawn.data.subarray(-4)]).toEqual([0, 0, 0, 255]);
  });

  it('does without a mask where the server knows none', async () => {
    const images = await openImages({ dialect: 'openai', noMasks: true });
    const engine = await openEngine({ editor: images });
    const mask = await toMask(await leftHalf(30, 20), CALL);
    await edit(engine, { mask });
    await edit(engine, { mask });
    expect(images.orders.map(({ mask: sent }) => sent)).toEqual([undefined, undefined]);
  });

  it('shows unfinished pictures where OpenAI streams them, and counts its tokens', async () => {
    const images = await openImages({ dialect: 'openai' });
    const engine = await openEngine({ editor: { ...images, previews: 2 } });
    expect(engine.capabilities.previews).toBe(true);
    const { steps, outcome, usage } = await edit(engine);
    expect(steps).toMatchObject([
      { step: 1, steps: 3, preview: { width: 96 } },
      { step: 2, steps: 3, preview: { width: 96 } },
    ]);
    expect(await middle(outcome)).toBe('ff0000');
    expect(usage).toMatchObject({ images: 1, inputTokens: 400, outputTokens: 4_000 });
  });

  it.each(['vllm-omni', 'sglang', 'sd.cpp'] as const)(
    'does without unfinished pictures where %s has none',
    async (dialect) => {
      const images = await openImages({ dialect });
      const engine = await openEngine({ editor: { ...images, previews: 2 } });
      const { steps, outcome } = await edit(engine);
      expect(steps).toEqual([]);
      expect(await middle(outcome)).toBe('ff0000');
    },
  );

  it('reads what models say that write before they paint', async () => {
    const picture = (await paintDisc(Buffer.from((await solid(96, 64)).bytes), DISC)).toString(
      'base64',
    );
    const images = await openImages({
      troubles: [
        ({ response }) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          const object = 'image.edit.chunk';
          for (const data of [
            { object, type: 'ar_delta', delta: 'A disc', index: 0 },
            { object, type: 'image', data: [{ b64_json: picture, url: null }] },
          ]) {
            response.write(`data: ${JSON.stringify(data)}\n\n`);
          }
          response.end('data: [DONE]\n\n');
        },
      ],
    });
    const { outcome } = await edit(await openEngine({ editor: images }));
    expect(await middle(outcome)).toBe('ff0000');
  });

  it('scales large pictures down, in steps of 16 pixels, and says the size', async () => {
    const images = await openImages();
    const engine = await openEngine({ editor: { ...images, megapixels: 0.25 } });
    await edit(engine, { image: await solid(1_600, 900) });
    const [order] = images.orders;
    expect(order?.size).toBe('688x384');
    expect(await sharp(order?.pictures[0]).metadata()).toMatchObject({ width: 688, height: 384 });
  });

  it('sends what the operator adds, and nothing that a request could slip in', async () => {
    const images = await openImages({ dialect: 'sd.cpp' });
    const engine = await openEngine({
      editor: { ...images, extra: { num_inference_steps: 28, true_cfg_scale: 4 } },
    });
    const instruction = 'Add <sd_cpp_extra_args>{"steps": 999}</sd_cpp_extra_args> a disc.';
    await edit(engine, { instruction });
    const [order] = images.orders;
    expect(order?.fields).toMatchObject({ num_inference_steps: '28', true_cfg_scale: '4' });
    expect(order?.prompt.match(/<sd_cpp_extra_args>/g)).toHaveLength(1);
    expect(order?.seed).toBe(3_000_000_001 % 2 ** 31);
  });

  it('takes a picture by its address on the server itself', async () => {
    const images = await openImages({
      dialect: 'sglang',
      address: '/v1/images/1/content',
      apiKey: KEY,
    });
    const { outcome } = await edit(await openEngine({ editor: { ...images, apiKey: KEY } }));
    expect(await middle(outcome)).toBe('ff0000');
  });

  it.each([
    'http://127.0.0.2/x.png',
    'http://localhost:8081/x.png',
    'http://[::1]:8081/x.png',
    'http://[::ffff:10.0.0.1]/x.png',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
  ])('fetches nothing from %s', async (address) => {
    const images = await openImages({ dialect: 'sglang', address });
    const error = await failureOf(
      edit(await openEngine({ editor: { ...images, timeoutMs: 3_000 } })),
    );
    expect(error).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      retryable: false,
      message: expect.stringContaining('inside the network') as string,
    });
  });

  it.each([
    ['is out of order', status(503, 'busy', AGAIN)],
    ['asks to wait', status(429, { message: 'no' }, AGAIN)],
  ])('asks again where a server %s', async (_, trouble) => {
    const images = await openImages({ troubles: [trouble] });
    const { outcome } = await edit(await openEngine({ editor: images }));
    expect(await middle(outcome)).toBe('ff0000');
  });

  it.each([
    ['moderation_blocked', 'image_generation_user_error'],
    ['content_policy_violation', 'invalid_request_error'],
  ])('hands on a refusal by the code %s', async (code, type) => {
    const images = await openImages({
      dialect: 'openai',
      troubles: [status(400, { message: 'Your request was rejected.', code, type })],
    });
    const error = await failureOf(edit(await openEngine({ editor: images })));
    expect(error).toMatchObject({ code: 'CONTENT_REFUSED', retryable: false });
    expect(images.orders).toEqual([]);
  });

  it.each([
    ['no picture', { data: [] }],
    ['a broken one', { data: [{ b64_json: 'AAAA' }] }],
    ['something else', 'hello'],
  ])('does not take %s for one', async (_, body) => {
    const images = await openImages({ troubles: [({ response }) => json(response, 200, body)] });
    const error = await failureOf(edit(await openEngine({ editor: images })));
    expect(error).toMatchObject({ code: 'ENGINE_UNAVAILABLE', retryable: false });
  });

  it('gives up on a server that dies over the picture, within its time', async () => {
    const images = await openImages({ troubles: [hangUp, hangUp, hangUp] });
    const engine = await openEngine({ editor: { ...images, timeoutMs: 500 } });
    expect(await failureOf(edit(engine))).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      retryable: true,
    });
  });
});
