import { hostname } from 'node:os';

import { describe, expect, it } from 'vitest';

import { Allowance } from '../../../src/bots/web/allowance.ts';
import { isOwnRequest, type Claims } from '../../../src/bots/web/guard.ts';
import { Session } from '../../../src/bots/web/session.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const get = (host: string | undefined, more: Partial<Claims> = {}): Claims => ({
  method: 'GET',
  host,
  origin: undefined,
  site: undefined,
  ...more,
});

describe('a request to this machine alone', () => {
  const isOwn = (claims: Claims) => isOwnRequest(claims, '127.0.0.1');

  it.each(['127.0.0.1:8787', 'localhost:8787', 'LOCALHOST', '[::1]:8787'])('is for %s', (host) => {
    expect(isOwn(get(host))).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    '192.168.1.5:8787',
    hostname() === 'localhost' ? 'other' : hostname(),
    'localhost@evil.example',
    'localhost:8787:1',
    'localhost.',
  ])('is not for %s', (host) => {
    expect(isOwn(get(host))).toBe(false);
  });

  it('changes something only when our own page says so', () => {
    const post = (origin: string | undefined, site?: string) =>
      isOwn(get('localhost:8787', { method: 'POST', origin, site }));
    expect(post('http://localhost:8787')).toBe(true);
    expect(post('https://localhost:8787', 'same-origin')).toBe(true);
    for (const origin of [undefined, 'null', 'http://localhost:1', 'http://127.0.0.1:8787']) {
      expect(post(origin), origin).toBe(false);
    }
    expect(post('http://localhost:8787', 'same-site')).toBe(false);
  });
});

describe('a request to a machine that others reach', () => {
  it('is for an address, this machine’s name, or the name it is served at', () => {
    for (const host of ['192.168.1.5:8787', '[fe80::1]:8787', `${hostname()}:8787`, 'localhost']) {
      expect(isOwnRequest(get(host), '0.0.0.0'), host).toBe(true);
    }
    expect(isOwnRequest(get('pictures.lan'), 'pictures.lan')).toBe(true);
    expect(isOwnRequest(get('evil.example'), '0.0.0.0')).toBe(false);
  });
});

describe('a session', () => {
  it('is open to everybody without a token, and to nobody by an empty one', () => {
    expect(new Session(undefined).isOpenTo(undefined)).toBe(true);
    expect(new Session(undefined).cookieFor('x')).toBe(undefined);
    expect(new Session('t'.repeat(16)).cookieFor('')).toBe(undefined);
  });

  it('ends when the token is another', () => {
    const cookie = new Session('t'.repeat(16)).cookieFor('t'.repeat(16));
    expect(new Session('t'.repeat(16)).isOpenTo(cookie)).toBe(true);
    expect(new Session('u'.repeat(16)).isOpenTo(cookie)).toBe(false);
  });
});

describe('an allowance', () => {
  it('is used up, and comes back with time', () => {
    const clock = new ManualClock();
    const allowance = new Allowance(clock, 2, 1_000);
    allowance.take();
    allowance.take();
    expect(() => allowance.take()).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: 1_000 }),
    );
    clock.advance(1_000);
    allowance.take();
    expect(() => allowance.take()).toThrow('too much at once');
    clock.advance(60_000);
    allowance.take();
    allowance.take();
    expect(() => allowance.take()).toThrow('too much at once');
  });
});
