import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';

import { plain } from '../../../src/bots/plain-text.ts';
import type { Incoming } from '../../../src/bots/types.ts';
import { PAINTED } from '../../support/painted-pictures.ts';
import { freshKey, WebChatClient } from '../../support/web-chat-client.ts';
import { openWebHome, urlOf, type WebHome, type WebSettings } from '../../support/web-home.ts';

const call = { signal: new AbortController().signal };
const TOKEN = 'a token that nobody guesses';

let home: WebHome | undefined;
afterEach(async () => {
  await home?.[Symbol.asyncDispose]();
  home = undefined;
});

async function serve(settings: Partial<WebSettings> = {}) {
  home = await openWebHome(settings);
  const adapter = home.adapter();
  const heard: Incoming[] = [];
  await adapter.start(async (incoming) => void heard.push(incoming), call);
  return { home, adapter, heard, url: urlOf(adapter), client: new WebChatClient(urlOf(adapter)) };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A request with exactly these headers, which `fetch` would not send, and exactly this path. */
function ask(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', body = '' } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** Every refusal is a code and one sentence. */
function expectRefusal({ status, text }: Answer, expected: number, code?: string): void {
  expect(status).toBe(expected);
  const body = JSON.parse(text) as { code: string; message: string };
  expect(body).toEqual({
    code: expect.any(String) as string,
    message: expect.any(String) as string,
  });
  expect(body.message).toMatch(/^[A-Z][^\n]*\.$/);
  if (code !== undefined) expect(body.code).toBe(code);
}

describe('a request that is not of the page', () => {
  it.each([
    'evil.example',
    'evil.example:8787',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
  ])('is refused by its host, as after a name was made to lead here: %s', async (host) => {
    const { url } = await serve();
    for (const path of ['/', '/api/session', '/api/events', '/main.js']) {
      expectRefusal(await ask(url, path, { host }), 403, 'NOT_PERMITTED');
    }
  });

  it('is let in under every name of this machine itself', async () => {
    const { url } = await serve();
    const { port } = new URL(url);
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect((await ask(url, '/api/session', { host: `${name}:${port}` })).status).toBe(200);
    }
  });

  it('is refused by its origin', async () => {
    const {
      url,
      home: { chat },
      heard,
    } = await serve();
    const { host } = new URL(url);
    const saying = { key: freshKey(), text: 'warmer', uploads: [] };
    const body = JSON.stringify(saying);
    const post = (headers: Readonly<Record<string, string>>) =>
      ask(
        url,
        '/api/messages',
        { host, 'content-type': 'application/json', ...headers },
        {
          method: 'POST',
          body,
        },
      );
    for (const origin of [
      'http://evil.example',
      'null',
      'http://127.0.0.1:1',
      `http://${host}.evil`,
    ]) {
      expectRefusal(await post({ origin }), 403, 'NOT_PERMITTED');
    }
    expectRefusal(await post({}), 403, 'NOT_PERMITTED');
    expectRefusal(
      await post({ origin: `http://${host}`, 'sec-fetch-site': 'cross-site' }),
      403,
      'NOT_PERMITTED',
    );
    expect(await chat.unheard(9)).toEqual([]);
    expect(heard).toEqual([]);
    expect((await post({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).status).toBe(
      201,
    );
  });

  it('can follow a link to the page, and nothing else', async () => {
    const { url } = await serve();
    const headers = { host: new URL(url).host, 'sec-fetch-site': 'cross-site' };
    expect((await ask(url, '/', headers)).status).toBe(200);
    for (const path of ['/main.js', '/api/events', `/images/${'0'.repeat(64)}?size=160`]) {
      expectRefusal(await ask(url, path, headers), 403, 'NOT_PERMITTED');
    }
  });
});

describe('the page', () => {
  it('runs nothing but its own files', async () => {
    const { url } = await serve();
    const { headers, text } = await ask(url, '/', { host: new URL(url).host });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son[a-z]+=|\sstyle=/);
    const addresses = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(addresses.length).toBeGreaterThan(5);
    for (const path of addresses) {
      expect((await ask(url, path, { host: new URL(url).host })).status, path).toBe(200);
    }
  });

  it('is asked for again only when it changed', async () => {
    const { url } = await serve();
    const { host } = new URL(url);
    const { headers } = await ask(url, '/main.js', { host });
    const again = await ask(url, '/main.js', { host, 'if-none-match': String(headers['etag']) });
    expect(again).toMatchObject({ status: 304, text: '' });
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/images/..%2f..%2fpackage.json?size=160',
    '/images/%2e%2e%2f%2e%2e?size=160',
    '/files/..%5c..%5cpackage.json?name=x',
    '//etc/passwd',
    '/main.js%00.png',
  ])('gives out no other file: %s', async (path) => {
    const { url } = await serve();
    const { status, text } = await ask(url, path, { host: new URL(url).host });
    expect([400, 404]).toContain(status);
    expect(text).not.toContain('reasonedit-bot');
  });
});

describe('with a token', () => {
  it('tells nobody anything who does not know it', async () => {
    const { url, client, heard } = await serve({ WEB_TOKEN: TOKEN });
    const { host } = new URL(url);
    for (const path of [
      '/api/events',
      `/images/${'0'.repeat(64)}?size=160`,
      `/files/${'0'.repeat(64)}?name=x`,
    ]) {
      expectRefusal(await ask(url, path, { host }), 401, 'NOT_PERMITTED');
      const forged = { host, cookie: `reasonedit-web=${'0'.repeat(64)}` };
      expectRefusal(await ask(url, path, forged), 401, 'NOT_PERMITTED');
    }
    const saying = { key: freshKey(), text: 'warmer', uploads: [] };
    expect((await client.send('/api/messages', saying)).status).toBe(401);
    const body = randomBytes(10);
    const headers = { 'content-type': 'application/octet-stream' };
    expect((await client.fetch('/api/uploads', { method: 'POST', headers, body })).status).toBe(
      401,
    );
    expect(
      (await client.fetch(`/api/threads/${'a'.repeat(16)}`, { method: 'DELETE' })).status,
    ).toBe(401);
    expect(heard).toEqual([]);
  });

  it('opens to who does, by a cookie that no script reads and no other page sends', async () => {
    const { url, client } = await serve({ WEB_TOKEN: TOKEN });
    const wrong = await client.send('/api/session', { token: `${TOKEN}!` });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('set-cookie')).toBe(null);
    const right = await client.send('/api/session', { token: TOKEN });
    const cookie = right.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict;/);
    expect(cookie).not.toContain(TOKEN);
    const headers = { host: new URL(url).host, cookie: `other=1; ${cookie.split(';')[0] ?? ''}` };
    const session = await ask(url, '/api/session', headers);
    expect(JSON.parse(session.text)).toEqual({ isOpen: true });
    expectRefusal(await ask(url, `/images/${'0'.repeat(64)}?size=160`, headers), 404);
  });

  it('lets nobody try many', async () => {
    const { client } = await serve({ WEB_TOKEN: TOKEN });
    const tries = [];
    for (let count = 0; count < 12; count += 1) {
      tries.push((await client.send('/api/session', { token: `guess ${count}` })).status);
    }
    expect(tries.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(tries.at(-1)).toBe(429);
  });
});

describe('an upload', () => {
  const send = (
    client: WebChatClient,
    body: Uint8Array | string,
    type = 'application/octet-stream',
  ) =>
    client.fetch('/api/uploads', {
      method: 'POST',
      headers: { 'content-type': type },
      body: Buffer.from(body),
    });

  it('has a limit, whether it says its size or not', async () => {
    const {
      home: { folder },
      client,
      url,
    } = await serve({ MAX_IMAGE_MEGABYTES: 0.01 });
    expect((await send(client, randomBytes(10_000))).status).toBe(201);
    expect(await (await send(client, randomBytes(10_001))).json()).toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    const { host, origin } = new URL(url);
    const headers = {
      host,
      origin,
      'content-type': 'application/octet-stream',
      'transfer-encoding': 'chunked',
    };
    const body = 'x'.repeat(300_000);
    const outcome = await ask(url, '/api/uploads', headers, { method: 'POST', body }).then(
      ({ status }) => status,
      // It may hang up before it has heard everything.
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(outcome);
    expect(await readdir(join(folder, 'uploads'))).toHaveLength(1);
  });

  it('is a plain file: no form, no other type, and not nothing', async () => {
    const { client } = await serve();
    for (const type of [
      'multipart/form-data; boundary=x',
      'text/plain',
      'image/png',
      'application/json',
    ]) {
      expect((await send(client, '{}', type)).status, type).toBeGreaterThanOrEqual(400);
    }
    expect((await send(client, '')).status).toBe(400);
  });

  it('is kept under a name of ours and given to nobody but the bot', async () => {
    const {
      home: { folder },
      adapter,
      client,
      heard,
      url,
    } = await serve();
    const hostile = '<html><script>alert(1)</script>';
    const { id } = await client.upload(Buffer.from(hostile));
    expect(await readdir(join(folder, 'uploads'))).toEqual([id]);
    const name = '../../evil\u202egnp.html';
    const uploads = [{ id, name, bytes: hostile.length }];
    await client.send('/api/messages', { key: freshKey(), text: '', uploads });
    const [message] = heard;
    if (message?.type !== 'message') expect.fail('The bot heard nothing.');
    const [attachment] = message.attachments;
    expect(attachment).toMatchObject({ reference: id, name: '../../evilgnp.html' });
    const bytes = attachment && (await adapter.fetchAttachment(attachment, { maxBytes: 99 }, call));
    expect(Buffer.from(bytes ?? []).toString()).toBe(hostile);
    for (const path of [`/uploads/${id}`, `/images/${id}?size=160`, `/files/${id}?name=x`]) {
      expectRefusal(await ask(url, path, { host: new URL(url).host }), 404);
    }
  });

  it('is fetched by its own name alone', async () => {
    const { adapter } = await serve();
    for (const reference of ['../reasonedit.sqlite', 'x'.repeat(24), '', '/etc/passwd']) {
      const attachment = { reference, name: 'x', isSpoiler: false };
      await expect(
        adapter.fetchAttachment(attachment, { maxBytes: 9 }, call),
      ).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
      });
    }
  });

  it('is one of not too many', async () => {
    const { client } = await serve();
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await send(client, 'x')).status),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(40);
  });
});

describe('what is sent', () => {
  it.each([
    ['no JSON', 'nonsense'],
    ['nothing in it', JSON.stringify({ key: freshKey(), text: ' ', uploads: [] })],
    ['a strange key', JSON.stringify({ key: '../..', text: 'x', uploads: [] })],
    ['a strange thread', JSON.stringify({ key: freshKey(), text: 'x', uploads: [], thread: '..' })],
    ['too many words', JSON.stringify({ key: freshKey(), text: 'x'.repeat(20_001), uploads: [] })],
    [
      'too many files',
      JSON.stringify({
        key: freshKey(),
        text: 'x',
        uploads: Array.from({ length: 11 }, () => ({ id: freshKey(), name: 'x', bytes: 1 })),
      }),
    ],
  ])('is refused with a sentence: %s', async (_what, body) => {
    const { url, heard } = await serve();
    const { host, origin } = new URL(url);
    const headers = { host, origin, 'content-type': 'application/json' };
    expectRefusal(
      await ask(url, '/api/messages', headers, { method: 'POST', body }),
      400,
      'BAD_USAGE',
    );
    expect(heard).toEqual([]);
  });

  it('is kept and told once, however often it is sent', async () => {
    const { client, heard } = await serve();
    const saying = { key: freshKey(), text: 'warmer', uploads: [] };
    const answers = [];
    for (let count = 0; count < 3; count += 1) {
      answers.push(await (await client.send('/api/messages', saying)).json());
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(heard).toHaveLength(1);
  });

  it('is told at the next start where the bot could not take it', async () => {
    home = await openWebHome();
    const first = home.adapter();
    await first.start(() => Promise.reject(new Error('not now')), call);
    const client = new WebChatClient(urlOf(first));
    const saying = { key: freshKey(), text: 'warmer', uploads: [] };
    expect((await client.send('/api/messages', saying)).status).toBe(500);
    await first[Symbol.asyncDispose]();
    const heard: Incoming[] = [];
    await home.adapter().start(async (incoming) => void heard.push(incoming), call);
    expect(heard).toMatchObject([{ type: 'message', text: 'warmer', isDirect: true }]);
    expect(await home.chat.unheard(9)).toEqual([]);
  });

  it('is no button of a message that is not the bot’s', async () => {
    const { client, heard } = await serve();
    const { message } = await client.say('warmer');
    const action = { action: 'undo', turnId: 'turn1' } as const;
    expect((await client.press(message, action)).status).toBe(404);
    expect((await client.press('a'.repeat(16), action)).status).toBe(404);
    expect(heard.filter(({ type }) => type === 'action')).toEqual([]);
  });
});

describe('a picture', () => {
  it('is given in the sizes of the page, and only while a message shows it', async () => {
    const {
      home: { chat, images },
      adapter,
      url,
    } = await serve();
    const { host } = new URL(url);
    const { data, info } = await sharp({
      create: { width: 2_000, height: 500, channels: 3, background: '#357' },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const image = await images.put({ bytes: data, format: 'png', width, height });
    await images.put(PAINTED.before.image);
    const thread = await chat.open('Sizes');
    const destination = { place: { platform: 'web', channel: 'local', thread }, context: {} };
    const message = {
      kind: 'note',
      text: plain('Look.'),
      pictures: [{ image, alt: plain('Blue.'), size: 'small' }],
      buttons: [],
    } as const;
    const { messageId } = await adapter.postMessage(destination, { message }, 'm1', call);
    for (const side of [160, 640, 1_600]) {
      const path = `/images/${image.id}?size=${side}`;
      const response = await fetch(new URL(path, url));
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      const seen = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
      expect(seen.width).toBe(side);
    }
    for (const size of ['', '161', '99999', 'x']) {
      expectRefusal(await ask(url, `/images/${image.id}?size=${size}`, { host }), 400, 'BAD_USAGE');
    }
    const { id: unshown } = PAINTED.before.reference;
    expectRefusal(await ask(url, `/images/${unshown}?size=160`, { host }), 404, 'IMAGE_NOT_FOUND');
    await adapter.deleteMessage(destination, messageId, call);
    expectRefusal(await ask(url, `/files/${image.id}?name=x`, { host }), 404, 'IMAGE_NOT_FOUND');
  });

  it('is a whole file to keep, in the format and under the name that is asked for', async () => {
    const {
      home: { chat, images },
      adapter,
      url,
    } = await serve();
    const image = await images.put(PAINTED.after.image);
    const place = { platform: 'web', channel: 'local', thread: await chat.open('Files') };
    const message = {
      kind: 'note',
      text: plain('Look.'),
      pictures: [{ image, alt: plain('Brown.'), size: 'small' }],
      buttons: [],
    } as const;
    await adapter.postMessage({ place, context: {} }, { message }, 'm1', call);
    const path = `/files/${image.id}?name=S%C3%B6nke-1&format=jpeg`;
    const response = await fetch(new URL(path, url));
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''S%C3%B6nke-1.jpg",
    );
    const seen = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(seen).toMatchObject({ format: 'jpeg', width: 32, height: 24 });
    const asKept = await fetch(new URL(`/files/${image.id}?name=x`, url));
    expect(Buffer.from(await asKept.arrayBuffer()).equals(PAINTED.after.image.bytes)).toBe(true);
    for (const query of [
      'name=..%2Fx',
      'name=x.html',
      'name=',
      'name=x&format=svg',
      'name=a%0D%0Ab',
    ]) {
      const { host } = new URL(url);
      expectRefusal(await ask(url, `/files/${image.id}?${query}`, { host }), 400, 'BAD_USAGE');
    }
  });
});

describe('a place to serve from that is taken', () => {
  it('is said in a sentence', async () => {
    const { url } = await serve();
    const other = home?.adapter({
      settings: {
        DATA_DIR: home.folder,
        MAX_IMAGE_MEGABYTES: 1,
        WEB_HOST: '127.0.0.1',
        WEB_PORT: Number(new URL(url).port),
      },
    });
    await expect(other?.start(() => Promise.resolve(), call)).rejects.toMatchObject({
      code: 'BAD_SETTINGS',
      message: expect.stringContaining('WEB_PORT') as string,
    });
  });
});
