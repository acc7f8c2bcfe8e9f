import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** What a request says of where it goes and where it comes from. */
export interface Claims {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which no page can set. */
  readonly site: string | undefined;
}

/**
 * Whether a request was made for this chat, by its own page. A name that is none of ours is another
 * page's name that leads to this machine (DNS rebinding); an origin that is not ours is another page (CSRF).
 * @param servedAt `WEB_HOST`
 */
export function isOwnRequest({ method, host, origin, site }: Claims, servedAt: string): boolean {
  const name = nameIn(host);
  if (name === undefined || !isOwnName(name, servedAt)) return false;
  if (site === 'cross-site' || site === 'same-site') return false;
  if (origin === undefined) return method === 'GET' || method === 'HEAD';
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Addresses are ours whichever they are: a page elsewhere has a name, or its own address. */
function isOwnName(name: string, servedAt: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare === '127.0.0.1' || bare === '::1' || bare === servedAt) {
    return true;
  }
  if (servedAt === 'localhost' || servedAt === '127.0.0.1' || servedAt === '::1') return false;
  const ours = hostname().toLowerCase();
  return isIP(bare) !== 0 || bare === ours || bare === `${ours}.local`;
}

function nameIn(host: string | undefined): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/.exec(host?.toLowerCase() ?? '')?.[1];
}
