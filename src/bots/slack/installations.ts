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
  /** The only workspace, where there is but one; what guests from others do there names theirs. */
  only(): Promise<string | undefined>;
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
  let known: Promise<Installation> | undefined;
  const of = (): Promise<Installation> => {
    known ??= whoIs(token, apiUrl).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    only: async () => (await of()).team || undefined,
    open: async () => void (await of()),
    of,
    remove: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function whoIs(token: string, apiUrl: string): Promise<Installation> {
  const { team, botUserId } = await examineToken(token, apiUrl);
  return { team, botUserId, token };
}

/** Whose a token is, and what it may do. */
export interface Examined {
  readonly team: string;
  readonly teamName: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly scopes: readonly string[];
}

/**
 * Asks Slack about the bot's token.
 * @throws {AppError} `BAD_SETTINGS` where Slack refuses it; `PLATFORM_UNAVAILABLE`.
 */
export async function examineToken(token: string, apiUrl: string): Promise<Examined> {
  try {
    const answer = await plainClient(token, apiUrl).auth.test();
    return {
      team: answer.team_id ?? '',
      teamName: answer.team ?? '',
      botUserId: answer.user_id ?? '',
      botName: answer.user ?? '',
      scopes: answer.response_metadata?.scopes ?? [],
    };
  } catch (error) {
    throw tokenFailure('SLACK_BOT_TOKEN', error);
  }
}

/** Asks Slack whether the app's token opens Socket Mode. Throws as `examineToken` does. */
export async function examineAppToken(token: string, apiUrl: string): Promise<void> {
  try {
    await plainClient(token, apiUrl).apps.connections.open();
  } catch (error) {
    throw tokenFailure('SLACK_APP_TOKEN', error);
  }
}

/** What Slack says of a token that comes from the settings. */
export function tokenFailure(setting: string, thrown: unknown): AppError {
  const error = toSlackError(thrown);
  if (error.retryable) return error;
  return new AppError('BAD_SETTINGS', `Slack refuses ${setting}; copy it anew.`, { cause: thrown });
}

const plainClient = (token: string, apiUrl: string): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });

export function notInstalled(): AppError {
  return new AppError(
    'NOT_PERMITTED',
    'I was removed from this workspace; an admin can install me again.',
  );
}
