import { z } from 'zod';

import type { Opinion } from '../store/records.ts';

/**
 * What a button asks for. It names its turn, so that a press means the same years and restarts
 * later. `use` makes a round the conversation's picture, `edit` asks for the edit that the bot was
 * not sure to be wanted, and `forget-me` confirms that all of the presser's data is to go.
 */
export const ACTION_KINDS = [
  'stop',
  'undo',
  'redo',
  'retry',
  'variations',
  'compare',
  'use',
  'edit',
  'forget-me',
  'thumbs-up',
  'thumbs-down',
] as const;

export type ActionKind = (typeof ACTION_KINDS)[number];

/** What somebody thinks of a result who presses this. */
export function opinionOf(action: ActionKind): Opinion | undefined {
  if (action === 'thumbs-up') return 'up';
  return action === 'thumbs-down' ? 'down' : undefined;
}

export interface Action {
  readonly action: ActionKind;
  /**
   * The turn that the button belongs to; of `edit` and `forget-me` the key of the message that may
   * ask for it.
   */
  readonly turnId: string;
  /** 0 for the picture that the turn began from. */
  readonly round?: number;
}

/** The least room that a platform gives to what a button carries. */
export const MAX_ACTION_CHARACTERS = 100;

const PREFIX = 'edit1';

/** An action as data from outside. */
export const ActionFields = z.object({
  action: z.enum(ACTION_KINDS),
  turnId: z.string().min(1),
  round: z.int().nonnegative().exactOptional(),
});

/**
 * An action as text that fits into any platform's button: `edit1|use|<turn>|2`.
 * @throws {RangeError} when the id is too long to fit.
 */
export function encodeAction({ action, turnId, round }: Action): string {
  const text = [PREFIX, action, encodeURIComponent(turnId), round ?? ''].join('|');
  if (text.length <= MAX_ACTION_CHARACTERS) return text;
  throw new RangeError(`The id of a turn is too long for a button: ${turnId.length} characters.`);
}

/** An action read back; undefined for any text that is none of ours. */
export function decodeAction(text: string): Action | undefined {
  const [prefix, action, turnId, round, ...more] = text.split('|');
  if (prefix !== PREFIX || turnId === undefined || round === undefined || more.length > 0) {
    return undefined;
  }
  if (!/^\d*$/.test(round)) return undefined;
  return ActionFields.safeParse({
    action,
    turnId: decoded(turnId),
    ...(round !== '' && { round: Number(round) }),
  }).data;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
