import { ApplicationFlags, Routes, type APIApplication } from 'discord.js';

import type { Call } from '../../pipeline/types.ts';
import { openRest, request, type RestSettings } from './calls.ts';

/** Small bots have the intent by the second. */
const READS_MESSAGES =
  ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/**
 * Whose a token is, and whether plain messages come with their words.
 * @throws {AppError} `BAD_SETTINGS` where the token is refused; what the port says.
 */
export async function examineToken(
  settings: RestSettings,
  call: Call,
): Promise<{ readonly botName: string; readonly readsMessages: boolean }> {
  const rest = openRest(settings);
  try {
    const route = Routes.currentApplication();
    const { name, flags } = await request<APIApplication>(rest, { method: 'get', route }, call);
    return { botName: name, readsMessages: (flags & READS_MESSAGES) !== 0 };
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
