import type { AdapterCapabilities } from '../types.ts';
import { LIMITS } from './paint/blocks.ts';

/** Slack shows no WebP; of files it takes a gigabyte, of which nobody waits for more than a little. */
const FILES = {
  maxBytes: 20_000_000,
  shownFormats: ['png', 'jpeg', 'gif'],
  previews: false,
} as const;

export const CAPABILITIES: AdapterCapabilities = {
  maxMessageCharacters: 3_200,
  maxTextCharacters: 2_400,
  maxAltCharacters: LIMITS.alt,
  maxLabelCharacters: LIMITS.label,
  maxButtons: LIMITS.buttons,
  // Updates are counted over all messages of a workspace: 50 a minute.
  editIntervalMs: 2_000,
  postIntervalMs: 1_000,
  files: FILES,
};
