import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { fetchPicture, isTrustedHost } from '../../../src/bots/discord/fetch-picture.ts';

const call = { signal: new AbortController().signal };
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('fetching a picture', () => {
  it('trusts exactly Discord’s own servers and the one of the settings', () => {
    const trusted = (url: string) => isTrustedHost(new URL(url), 'http://127.0.0.1:9000/files');
    expect(trusted('https://cdn.discordapp.com/attachments/1/2/a.png')).toBe(true);
    expect(trusted('https://media.discordapp.net/a.png')).toBe(true);
    expect(trusted('https://images-ext-2.discordapp.net/external/a.png')).toBe(true);
    expect(trusted('http://127.0.0.1:9000/a.png')).toBe(true);
    expect(trusted('http://cdn.discordapp.com/a.png')).toBe(false);
    expect(trusted('http://127.0.0.1:9001/a.png')).toBe(false);
    expect(trusted('https://cdn.discordapp.com.evil.example/a.png')).toBe(false);
    expect(trusted('https://evil.example/cdn.discordapp.com')).toBe(false);
  });

  it.each([
    'http://127.0.0.1:1/a.png',
    'http://localhost:1/a.png',
    'http://[::1]:1/a.png',
    'http://2130706433/a.png',
    'http://user:word@1.1.1.1/a.png',
    'file:///etc/passwd',
    'no address',
  ])('asks nothing of %s', async (address) => {
    await expect(fetchPicture(address, { maxBytes: 10 }, call)).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  });

  it('reads no more than it may, whatever it was told', async () => {
    const cdnUrl = await serve((request, response) => {
      if (request.url === '/told') response.setHeader('content-length', 100);
      response.end(Buffer.alloc(100));
    });
    const options = { maxBytes: 99, cdnUrl };
    for (const path of ['/told', '/untold']) {
      await expect(fetchPicture(`${cdnUrl}${path}`, options, call)).rejects.toMatchObject({
        code: 'IMAGE_TOO_LARGE',
      });
    }
    const whole = await fetchPicture(`${cdnUrl}/told`, { ...options, maxBytes: 100 }, call);
    expect(whole).toHaveLength(100);
  });

  it('follows no redirect of Discord’s, and tells what is gone from what may pass', async () => {
    const statuses: Record<string, number> = { '/gone': 404, '/busy': 503, '/away': 302 };
    const cdnUrl = await serve((request, response) => {
      response.writeHead(statuses[request.url ?? ''] ?? 200, { location: 'http://1.1.1.1/' }).end();
    });
    const codeOf = (path: string) =>
      fetchPicture(`${cdnUrl}${path}`, { maxBytes: 9, cdnUrl }, call).catch(
        (error: { code: string }) => error.code,
      );
    expect(await codeOf('/gone')).toBe('IMAGE_NOT_FOUND');
    expect(await codeOf('/busy')).toBe('PLATFORM_UNAVAILABLE');
    expect(await codeOf('/away')).toBe('IMAGE_NOT_FOUND');
  });

  it('hears its signal', async () => {
    const cdnUrl = await serve(() => {});
    const controller = new AbortController();
    const fetching = fetchPicture(cdnUrl, { maxBytes: 9, cdnUrl }, controller);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(fetching).rejects.toBe(reason);
  });
});
