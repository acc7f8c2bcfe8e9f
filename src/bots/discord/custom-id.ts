import { decodeAction, encodeAction, MAX_ACTION_CHARACTERS, type Action } from '../actions.ts';

/*
 * What a button carries: its action, and after a tilde either the marker of its message, by which that is
 * found again, or the private place that it is in: `edit1|use|<turn>|2~<marker>`, `edit1|undo|<turn>|~p<id>`.
 */

const SEPARATOR = '~';

export interface ButtonData {
  readonly action: Action;
  /** What names the private place that the button is in. */
  readonly root?: string;
}

/** @param label The marker or `rootLabel`; left out where there is no room. */
export function encodeButton(action: Action, label: string | undefined): string {
  const text = encodeAction(action);
  const labelled = label === undefined ? text : `${text}${SEPARATOR}${label}`;
  return labelled.length <= MAX_ACTION_CHARACTERS ? labelled : text;
}

export const rootLabel = (root: string): string => `p${root}`;

/** Undefined for what is none of our buttons. */
export function decodeButton(customId: string): ButtonData | undefined {
  const at = customId.lastIndexOf(SEPARATOR);
  const [text, label] =
    at < 0 ? [customId, ''] : [customId.slice(0, at), customId.slice(at + SEPARATOR.length)];
  const action = decodeAction(text);
  const root = /^p(\d+)$/.exec(label)?.[1];
  return action && { action, ...(root !== undefined && { root }) };
}

/** The marker that a button carries, if it does. */
export function markerIn(customId: string): string | undefined {
  return /~([0-9a-z]{20})$/.exec(customId)?.[1];
}
