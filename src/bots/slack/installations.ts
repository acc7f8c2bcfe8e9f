import { webApi } from '@slack/bolt';

import { AppError } from '../../errors.ts';
import { SILENT } from './api.ts';
import { toSlackError } from './errors.ts';

/** The app in one workspace. */
export interface Installation {
  readonly team: string;
  readonly botUserId: string;
  readonly token: string;
}

/** Where the app is installed. */
export interface Installations extends AsyncDisposable {
  /**
   * Finds out what there is to know before anything can be done.
   * @throws {AppError} `BAD_SETTINGS` where Slack refuses the token; `PLATFORM_UNAVAILABLE`.
   */
  open(): Promise<void>;
  /** @throws {AppError} `NOT_PERMITTED` where it is not installed. */
  of(team: string): Promise<Installation>;
  /** The app was removed there. */
  remove(team: string): Promise<void>;
}

/** One workspace, by its bot's token. */
export function oneInstallation(token: string, apiUrl: string): Installations {
  let opened: Installation | undefined;
  return {
    open: async () => {
      opened = await whoIs(token, apiUrl);
    },
    of: () => (opened ? Promise.resolve(opened) : Promise.reject(notInstalled())),
    remove: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function whoIs(token: string, apiUrl: string): Promise<Installation> {
  const client = new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 2, minTimeout: 500 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
  try {
    const { team_id: team = '', user_id: botUserId = '' } = await client.auth.test();
    return { team, botUserId, token };
  } catch (thrown) {
    const error = toSlackError(thrown);
    if (error.retryable) throw error;
    throw new AppError('BAD_SETTINGS', 'Slack refuses SLACK_BOT_TOKEN; copy it anew.', {
      cause: thrown,
    });
  }
}

export function notInstalled(): AppError {
  return new AppError(
    'NOT_PERMITTED',
    'I was removed from this workspace; an admin can install me again.',
  );
}
