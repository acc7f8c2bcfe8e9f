import { isIP } from 'node:net';

import { Agent } from 'undici';

import { boundedBytes } from '../../../http/bounded-body.ts';
import { isPublicAddress, publicLookup } from '../../../http/public-address.ts';
import type { Call } from '../../types.ts';
import { unreadable } from './failures.ts';
import type { Meter } from './meter.ts';
import { through } from './through.ts';

const MAX_BYTES = 64 * 2 ** 20;
const MAX_REDIRECTS = 3;

/** Where the editor's server is, and its key. */
export interface Home {
  readonly url: string;
  readonly apiKey?: string | undefined;
}

/**
 * Fetches a picture that an answer names by its address: from the server's own host, or from the public
 * Internet; never from elsewhere in the operator's network. The key goes to the server's own address alone.
 * @throws {AppError} `ENGINE_UNAVAILABLE` for an address that is not allowed and for what is no answer.
 */
export async function fetchResult(
  address: string,
  home: Home,
  meter: Meter,
  call: Call,
): Promise<Uint8Array> {
  const server = new URL(home.url);
  const agent = new Agent({
    connect: { lookup: publicLookup({ refused: forbidden, trusted: server.hostname }) },
  });
  try {
    let url = new URL(address, server);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      checkAddress(url, server);
      const isHome = url.origin === server.origin;
      meter.sent(0);
      const headers: Record<string, string> =
        isHome && home.apiKey !== undefined ? { authorization: `Bearer ${home.apiKey}` } : {};
      const { signal } = call;
      const request = through(agent, { redirect: 'manual', signal, headers });
      const response = await fetch(url, request);
      const next = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && next !== null) {
        await response.body?.cancel();
        url = new URL(next, url);
        continue;
      }
      const bytes = response.ok ? await boundedBytes(response.body, MAX_BYTES) : undefined;
      if (!bytes) throw unreadable('EDITOR', 'an address that holds no picture');
      meter.received(bytes.length);
      return bytes;
    }
    throw unreadable('EDITOR', 'an address that leads nowhere');
  } finally {
    await agent.destroy();
  }
}

function checkAddress({ protocol, hostname }: URL, server: URL): void {
  const isHttp = protocol === 'http:' || protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  // A name is checked when it is looked up.
  const isInside = hostname !== server.hostname && isIP(host) !== 0 && !isPublicAddress(host);
  if (!isHttp || isInside) throw forbidden();
}

const forbidden = () => unreadable('EDITOR', 'an address inside the network');
