import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import type { AppError } from '../../src/errors.ts';
import { openModeration, type ModerationOptions } from '../../src/safety/moderation.ts';
import { openModerationServer } from '../support/moderation-server.ts';

const KEY = 'sk-secret-0123456789';
const PICTURE = [{ type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/' } }] as const;

const CALL = { signal: new AbortController().signal };

const options = (url: string, part: Partial<ModerationOptions> = {}): ModerationOptions => ({
  url,
  model: 'omni-moderation-latest',
  apiKey: KEY,
  ...part,
});

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  return work.then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error as AppError,
  );
}

/** Where nobody listens any more. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://127.0.0.1:${port}/v1`;
}

describe('a moderation server', () => {
  it.each(['', '/'])('is asked at its base URL, with “%s” at the end', async (end) => {
    const { url, asked } = await openModerationServer({
      flags: (matter) => matter === 'bad words',
      apiKey: KEY,
    });
    const isFlagged = openModeration(options(`${url}${end}`));
    expect(await isFlagged('good words', CALL)).toBe(false);
    expect(await isFlagged('bad words', CALL)).toBe(true);
    expect(await isFlagged(PICTURE, CALL)).toBe(false);
    expect(asked).toEqual(['good words', 'bad words', Buffer.from('/9j/', 'base64')]);
  });

  it('is asked without a key where it needs none', async () => {
    const { url } = await openModerationServer();
    const isFlagged = openModeration({ url, model: 'omni-moderation-latest' });
    expect(await isFlagged('words', CALL)).toBe(false);
  });

  it('flags where any of its results does', async () => {
    const { url } = await openModerationServer({
      answer: (response) =>
        response.end(JSON.stringify({ results: [{ flagged: false }, { flagged: true }] })),
    });
    expect(await openModeration(options(url))('words', CALL)).toBe(true);
  });

  it.each([
    [429, true, 'wait'],
    [500, true, 'out of order'],
    [503, true, 'out of order'],
    [401, false, 'MODERATION_API_KEY'],
    [403, false, 'MODERATION_API_KEY'],
    [404, false, 'MODERATION_URL'],
    [400, false, 'MODERATION_MODEL'],
    [302, false, 'MODERATION_URL'],
  ])('that answers %i gives no verdict', async (status, retryable, says) => {
    const { url } = await openModerationServer({
      answer: (response, { headers }) =>
        response
          .writeHead(status, { location: `${url}/elsewhere` })
          .end(`You sent ${headers.authorization}.`),
    });
    const error = await failureOf(openModeration(options(url))('my words', CALL));
    expect(error).toMatchObject({ code: 'MODERATION_UNAVAILABLE', retryable });
    expect(error.message).toContain(says);
    expect(error.message).toContain(String(status));
    expect(inspect(error, { depth: Infinity })).not.toMatch(/sk-secret|my words/);
  });

  it('tells how long it wants us to wait', async () => {
    const { url } = await openModerationServer({
      answer: (response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    });
    const error = await failureOf(openModeration(options(url))('words', CALL));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 7_000 });
  });

  it('that takes text alone is the operator’s to change, not to be passed by', async () => {
    const { url } = await openModerationServer({ textOnly: true, apiKey: KEY });
    const isFlagged = openModeration(options(url));
    expect(await isFlagged('words', CALL)).toBe(false);
    const error = await failureOf(isFlagged(PICTURE, CALL));
    expect(error).toMatchObject({ code: 'MODERATION_UNAVAILABLE', retryable: false });
    expect(error.message).toContain('text alone');
  });

  it.each([
    ['no JSON', '<html>my words</html>'],
    ['another form', '{"flagged":false}'],
    ['no result', '{"results":[]}'],
    ['a verdict that is none', '{"results":[{"flagged":"no"}]}'],
    ['too much', JSON.stringify({ results: [{ flagged: false }], more: 'x'.repeat(300_000) })],
  ])('that answers with %s gives no verdict', async (_name, body) => {
    const { url } = await openModerationServer({ answer: (response) => response.end(body) });
    const error = await failureOf(openModeration(options(url))('my words', CALL));
    expect(error).toMatchObject({ code: 'MODERATION_UNAVAILABLE', retryable: false });
    expect(inspect(error, { depth: Infinity })).not.toMatch(/sk-secret|my words/);
  });

  it.each([
    ['refuses connections', undefined],
    ['hangs up', (response: { destroy(): unknown }) => response.destroy()],
    ['never answers', () => {}],
    [
      'never ends its answer',
      (response: { write(text: string): unknown }) => response.write('{"results":'),
    ],
  ])('that %s may be asked again', async (_name, answer) => {
    const { url } = answer ? await openModerationServer({ answer }) : { url: await closedUrl() };
    const isFlagged = openModeration(options(url, { timeoutMs: 200 }));
    const error = await failureOf(isFlagged('my words', CALL));
    expect(error).toMatchObject({ code: 'MODERATION_UNAVAILABLE', retryable: true });
    expect(inspect(error, { depth: Infinity })).not.toMatch(/sk-secret|my words/);
    expect(getEventListeners(CALL.signal, 'abort')).toHaveLength(0);
  });

  it('is left at once when the call is broken off', async () => {
    const controller = new AbortController();
    const reason = new Error('left');
    const { url } = await openModerationServer({ answer: () => controller.abort(reason) });
    await expect(openModeration(options(url))('words', controller)).rejects.toBe(reason);
    await expect(openModeration(options(url))('words', controller)).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});
