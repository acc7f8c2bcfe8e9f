import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';

import { AppError, isAppError } from '../../errors.ts';
import { boundedBytes } from '../../http/bounded-body.ts';
import { isPublicAddress, publicLookup } from '../../http/public-address.ts';
import { withinTime } from '../../http/time-limit.ts';
import type { Call } from '../../pipeline/types.ts';

/** Where Discord keeps files. */
const DISCORD_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
/** Where it shows pictures of other sites. */
const PROXY_HOST = /^images-ext-\d+\.discordapp\.net$/;

const TIMEOUT_MS = 60_000;
const REDIRECTS = 3;

export interface FetchOptions {
  readonly maxBytes: number;
  /** A server that is trusted as Discord's own are. */
  readonly cdnUrl?: string | undefined;
}

/**
 * The bytes of a file on Discord's servers, or of one that a person gave the address of: from the Internet alone.
 * @throws {AppError} `IMAGE_NOT_FOUND`, `IMAGE_TOO_LARGE`, `PLATFORM_UNAVAILABLE`; the reason of the signal.
 */
export async function fetchPicture(
  address: string,
  options: FetchOptions,
  call: Call,
): Promise<Uint8Array> {
  try {
    return await withinTime(TIMEOUT_MS, call, ({ signal }) => read(address, options, signal));
  } catch (error) {
    call.signal.throwIfAborted();
    if (isAppError(error)) throw error;
    throw isUnknownName(error) ? refused() : unavailable(error);
  }
}

async function read(
  address: string,
  { maxBytes, cdnUrl }: FetchOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  let url = parsed(address);
  for (let redirects = 0; ; redirects += 1) {
    const isTrusted = isTrustedHost(url, cdnUrl);
    if (!isTrusted) checkPublic(url);
    const response = await open(url, isTrusted, signal);
    try {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        // Discord never sends elsewhere.
        if (isTrusted || redirects === REDIRECTS) throw refused();
        url = parsed(headers.location, url);
        continue;
      }
      checkStatus(statusCode);
      if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
      const bytes = await boundedBytes(response, maxBytes);
      if (!bytes) throw tooLarge();
      return bytes;
    } finally {
      response.destroy();
    }
  }
}

function parsed(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw refused();
  }
  return url;
}

/** Whether an address is on Discord's servers, or on the one that stands for them. */
export function isTrustedHost({ protocol, hostname, origin }: URL, cdnUrl?: string): boolean {
  if (cdnUrl !== undefined && origin === new URL(cdnUrl).origin) return true;
  return protocol === 'https:' && (DISCORD_HOSTS.has(hostname) || PROXY_HOST.test(hostname));
}

/** A name is looked at when it is looked up. */
function checkPublic({ hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw refused();
}

function open(url: URL, isTrusted: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const options = { signal, ...(!isTrusted && { lookup: publicLookup({ refused }) }) };
    send(url, options, resolve).on('error', reject).end();
  });
}

function checkStatus(status: number): void {
  if (status === 200) return;
  if (status === 429 || status >= 500) throw unavailable();
  throw new AppError('IMAGE_NOT_FOUND', 'That file is gone.');
}

const refused = (): AppError =>
  new AppError('IMAGE_NOT_FOUND', 'That address is not one that I may fetch pictures from.');

const isUnknownName = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';

const tooLarge = (): AppError => new AppError('IMAGE_TOO_LARGE', 'That file is too large.');

const unavailable = (cause?: unknown): AppError =>
  new AppError('PLATFORM_UNAVAILABLE', 'The picture can’t be fetched right now.', {
    retryable: true,
    ...(cause !== undefined && { cause }),
  });
