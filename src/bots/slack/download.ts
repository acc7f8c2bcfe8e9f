import { AppError } from '../../errors.ts';
import { boundedBytes } from '../../http/bounded-body.ts';
import type { Call } from '../../pipeline/types.ts';
import type { SlackApi } from './api.ts';
import { lacksScope, rateLimited, slackGone } from './errors.ts';
import { isSlackAddress } from './hosts.ts';
import type { FileAddress } from './parse/attachments.ts';

export interface DownloadParts {
  readonly api: SlackApi;
  readonly apiUrl: string;
}

interface Limits {
  readonly maxBytes: number;
}

/**
 * A file that somebody posted, whole. Where Slack shows its sign-in page instead, with status 200, it is asked
 * why. The bot's token goes to Slack alone, also behind redirects.
 */
export async function download(
  parts: DownloadParts,
  address: FileAddress,
  limits: Limits,
  call: Call,
): Promise<Uint8Array> {
  const { team, url } = address;
  const known = url === undefined ? undefined : await fetchBytes(parts, team, url, limits, call);
  if (known) return known;
  const fresh = await freshUrl(parts, address, limits, call);
  const bytes = await fetchBytes(parts, team, fresh, limits, call);
  if (bytes) return bytes;
  throw lacksScope('files:read');
}

/** Where Slack says that the file is now; files of other organizations are told of by their id alone. */
async function freshUrl(
  { api }: DownloadParts,
  { team, fileId }: FileAddress,
  { maxBytes }: Limits,
  call: Call,
): Promise<string> {
  const { file } = await api.ask(team, ({ files }) => files.info({ file: fileId }), call);
  if (file?.size !== undefined && file.size > maxBytes) throw tooLarge(maxBytes);
  if (file?.url_private) return file.url_private;
  throw gone();
}

const MAX_REDIRECTS = 5;

/** The bytes; undefined where a page came in their place. */
async function fetchBytes(
  { api, apiUrl }: DownloadParts,
  team: string,
  url: string,
  limits: Limits,
  { signal }: Call,
): Promise<Uint8Array | undefined> {
  const authorization = `Bearer ${await api.tokenOf(team)}`;
  let address = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!isSlackAddress(address, apiUrl)) {
      throw new AppError('NOT_SUPPORTED', 'That file is not kept at Slack; post the file itself.');
    }
    const response = await fetch(address, {
      headers: { authorization },
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw slackGone(error);
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return readBody(response, limits, signal);
    }
    await response.body?.cancel();
    address = new URL(location, address);
    // A sign-in page behind a redirect says the same as one in place of the file.
    if (address.pathname === '/' || address.searchParams.has('redir')) return undefined;
  }
  throw gone();
}

async function readBody(
  response: Response,
  { maxBytes }: Limits,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const refused = refusalOf(response);
  const isPage = /^text\/html\b/.test(response.headers.get('content-type') ?? '');
  if (refused || isPage) await response.body?.cancel();
  if (refused) throw refused;
  if (isPage) return undefined;
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(maxBytes);
  }
  const bytes = await boundedBytes(response.body, maxBytes).catch((error: unknown) => {
    signal.throwIfAborted();
    throw slackGone(error);
  });
  if (!bytes) throw tooLarge(maxBytes);
  return looksLikePage(bytes) ? undefined : bytes;
}

function refusalOf({ status, headers }: Response): AppError | undefined {
  if (status === 429) return rateLimited(1_000 * (Number(headers.get('retry-after')) || 5));
  if (status === 401 || status === 403) return lacksScope('files:read');
  if (status >= 500) return slackGone();
  return status >= 400 ? gone() : undefined;
}

/** Whatever its type says. */
const looksLikePage = (bytes: Uint8Array): boolean =>
  /^(?:\ufeff|\s)*<(?:!doctype\s+html|html\b|head\b|script\b)/i.test(
    Buffer.from(bytes.subarray(0, 256)).toString('utf8'),
  );

const gone = (): AppError =>
  new AppError('IMAGE_NOT_FOUND', 'That file is gone from Slack; post it again.');

const tooLarge = (maxBytes: number): AppError =>
  new AppError('IMAGE_TOO_LARGE', `That file has more than ${Math.floor(maxBytes / 1e6)} MB.`);
