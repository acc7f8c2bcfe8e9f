import { createHash } from 'node:crypto';

import type { Place } from '../../store/records.ts';
import type { Incoming } from '../types.ts';

/** Of what is written below; raised when `Incoming` changes in a way that old messages don't fit. */
const VERSION = 1;

/** By what the inbox knows something that came in: each edit of a message is something of its own. */
export function inboxKey(incoming: Incoming): string {
  if (incoming.type !== 'message' || incoming.kind === 'new') return incoming.key;
  if (incoming.kind === 'deleted') return `${incoming.key}:deleted`;
  const digest = createHash('sha256').update(incoming.text).digest('hex').slice(0, 16);
  return `${incoming.key}:edited:${digest}`;
}

/**
 * What must be dealt with one after the other: all that happens in one thread. Where each message begins
 * a thread of its own they do not wait for each other. Most platforms name a thread by the message that it
 * began with, so that this one and those that follow are one line from the start.
 */
export function lineOf(incoming: Incoming): string {
  const { place } = incoming;
  const isAlone = place.thread === undefined && incoming.type === 'message' && !incoming.isDirect;
  return lineAt(isAlone ? { ...place, thread: incoming.messageId } : place);
}

/** The line of all that happens in a place. */
export function lineAt({ platform, workspace = '', channel, thread }: Place): string {
  return JSON.stringify([platform, workspace, channel, thread]);
}

/** What is kept of it until it was dealt with. */
export const writeIncoming = (incoming: Incoming): string =>
  JSON.stringify({ version: VERSION, incoming });

/** The same back; undefined for what was written by another release. */
export function readIncoming(payload: string): Incoming | undefined {
  try {
    const { version, incoming } = JSON.parse(payload);
    return version === VERSION ? incoming : undefined;
  } catch {
    return undefined;
  }
}
