import type { AdapterCapabilities, ChatAdapter, Receive } from '../../src/bots/types.ts';
import type { RecordingPlatform } from './recording-platform.ts';

/** Small enough that limits matter. It takes references. */
export const RECORDING_CAPABILITIES: AdapterCapabilities = {
  maxMessageCharacters: 1_000,
  maxTextCharacters: 400,
  maxAltCharacters: 120,
  maxLabelCharacters: 20,
  maxButtons: 10,
  editIntervalMs: 1_000,
  postIntervalMs: 500,
};

/** The same for an adapter that takes files. */
export const FILE_CAPABILITIES: AdapterCapabilities = {
  ...RECORDING_CAPABILITIES,
  files: { maxBytes: 200_000, shownFormats: ['png', 'jpeg', 'gif'], previews: false },
};

export interface RecordingAdapter extends ChatAdapter {
  readonly receive: Receive;
}

const notImplemented = (name: string) => (): never => {
  throw new Error(`${name} is not implemented: set it in this test.`);
};

/**
 * An adapter that passes everything on to a recording platform, and hears each call's signal. What
 * a test does not set throws.
 */
export function recordingAdapter(
  platform: RecordingPlatform,
  capabilities: AdapterCapabilities = RECORDING_CAPABILITIES,
  overrides: Partial<ChatAdapter> = {},
): RecordingAdapter {
  let receiver: Receive = notImplemented('receive');
  return {
    platform: 'recording',
    capabilities,
    accounts: 'of-workspace',
    receive: (incoming) => receiver(incoming),
    start: async (receive) => {
      receiver = receive;
    },
    postMessage: async (destination, painting, marker, { signal }) => {
      signal.throwIfAborted();
      return platform.post(destination, painting, marker);
    },
    updateMessage: async (destination, messageId, painting, { signal }) => {
      signal.throwIfAborted();
      await platform.update(destination, messageId, painting);
    },
    findMessage: async (destination, marker, since, { signal }) => {
      signal.throwIfAborted();
      const messageId = await platform.find(destination, marker, since);
      return messageId === undefined ? undefined : { messageId };
    },
    deleteMessage: async (destination, messageId, { signal }) => {
      signal.throwIfAborted();
      await platform.remove(destination, messageId);
    },
    fetchAttachment: notImplemented('fetchAttachment'),
    [Symbol.asyncDispose]: () => Promise.resolve(),
    ...overrides,
  };
}
