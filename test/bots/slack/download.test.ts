import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SlackApi } from '../../../src/bots/slack/api.ts';
import { download } from '../../../src/bots/slack/download.ts';
import { Pace } from '../../../src/bots/slack/pace.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { call } from './home.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let elsewhere: Server;
let origin: string;
let answers: Record<string, Answer>;
let seen: string[];
/** What came to another server, with the token or without. */
let strayed: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', origin);
    seen.push(`${pathname} ${request.headers.authorization ?? ''}`);
    const answer = answers[pathname];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  elsewhere = createServer((request, response) => {
    strayed.push(request.headers.authorization ?? '');
    response.end('mine');
  });
  for (const one of [server, elsewhere])
    await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  origin = originOf(server);
});
beforeEach(() => {
  answers = {};
  seen = [];
  strayed = [];
});
afterAll(() => {
  server.close();
  elsewhere.close();
});

const originOf = (of: Server) => `http://127.0.0.1:${(of.address() as AddressInfo).port}`;

const give =
  (body: string, type = 'image/png', headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': type, ...headers }).end(body);

const info = (file: unknown, more: object = { ok: true }): Answer =>
  give(JSON.stringify({ ...more, file }), 'application/json');

const PAGE = '<!DOCTYPE html><html><body>Sign in</body></html>';

function fetchFile(path: string | undefined, maxBytes = 1_000) {
  const apiUrl = `${origin}/api/`;
  const installations = { of: async () => ({ team: 'T1', botUserId: 'U1', token: 'xoxb-1' }) };
  const api = new SlackApi({ installations, apiUrl, pace: new Pace(new ManualClock()) });
  const address = {
    team: 'T1',
    fileId: 'F1',
    ...(path !== undefined && { url: `${origin}${path}` }),
  };
  return download({ api, apiUrl }, address, { maxBytes }, call).then((bytes) =>
    Buffer.from(bytes).toString(),
  );
}

describe('a file at Slack', () => {
  it('is fetched with the token', async () => {
    answers['/f'] = give('bytes');
    expect(await fetchFile('/f')).toBe('bytes');
    expect(seen).toEqual(['/f Bearer xoxb-1']);
  });

  it('is asked for where its address is not told, as of files of other organizations', async () => {
    answers['/api/files.info'] = info({ url_private: `${origin}/fresh`, size: 5 });
    answers['/fresh'] = give('bytes');
    expect(await fetchFile(undefined)).toBe('bytes');
  });

  it('is looked for anew where a page came in its place', async () => {
    answers['/old'] = give(PAGE, 'text/html; charset=utf-8');
    answers['/api/files.info'] = info({ url_private: `${origin}/fresh` });
    answers['/fresh'] = give('bytes');
    expect(await fetchFile('/old')).toBe('bytes');
  });

  it.each([
    ['by its type', PAGE, 'text/html'],
    ['by its bytes', `\n ${PAGE}`, 'image/png'],
  ])(
    'is no page to sign in, which is known %s: files:read is missing',
    async (_how, body, type) => {
      answers['/f'] = give(body, type);
      answers['/api/files.info'] = info({ url_private: `${origin}/f` });
      await expect(fetchFile('/f')).rejects.toMatchObject({
        code: 'NOT_PERMITTED',
        message: expect.stringMatching(/reinstall me with files:read/) as string,
      });
    },
  );

  it('says what Slack says where it may not be asked for', async () => {
    answers['/f'] = give(PAGE, 'text/html');
    answers['/api/files.info'] = info(undefined, {
      ok: false,
      error: 'missing_scope',
      needed: 'files:read',
    });
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    answers['/api/files.info'] = info(undefined, { ok: false, error: 'file_deleted' });
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it('is no larger than it may be, whatever is said of it', async () => {
    answers['/f'] = give('x'.repeat(2_000));
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    answers['/f'] = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.write('x'.repeat(600));
      response.end('x'.repeat(600));
    };
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    answers['/api/files.info'] = info({ url_private: `${origin}/f`, size: 5_000 });
    await expect(fetchFile(undefined)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it('is followed to another address of Slack, and nowhere else', async () => {
    const to =
      (location: string): Answer =>
      (_request, response) =>
        response.writeHead(302, { location }).end();
    answers['/f'] = to('/g');
    answers['/g'] = give('bytes');
    expect(await fetchFile('/f')).toBe('bytes');
    answers['/f'] = to(`${originOf(elsewhere)}/steal`);
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
    expect(strayed).toEqual([]);
    answers['/f'] = to('/f');
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it.each([
    [429, 'RATE_LIMITED'],
    [403, 'NOT_PERMITTED'],
    [404, 'IMAGE_NOT_FOUND'],
    [503, 'PLATFORM_UNAVAILABLE'],
  ])('can be refused with %i', async (status, code) => {
    answers['/f'] = (_request, response) => response.writeHead(status).end();
    await expect(fetchFile('/f')).rejects.toMatchObject({ code });
  });

  it('can break off', async () => {
    answers['/f'] = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '500' });
      response.write('x', () => response.destroy());
    };
    await expect(fetchFile('/f')).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  });
});
