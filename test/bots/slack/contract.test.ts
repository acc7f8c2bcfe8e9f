import { describe } from 'vitest';

import { decodeAction } from '../../../src/bots/actions.ts';
import type { AdapterHome } from '../../contract/chat-adapter/home.ts';
import { chatAdapterContract } from '../../contract/chat-adapter.ts';
import { FakeSlack } from '../../support/fake-slack/fake-slack.ts';
import type { Trouble } from '../../support/fake-slack/troubles.ts';
import { PAINTED } from '../../support/painted-pictures.ts';
import { adapterIn } from './home.ts';
import { wordsIn } from './read-back.ts';

const TROUBLES: Readonly<Record<Parameters<AdapterHome['trouble']>[0], Trouble>> = {
  'rate-limited': { kind: 'rate-limited', seconds: 1 },
  'hangs-up': { kind: 'hangs-up' },
  lost: { kind: 'lost' },
};

async function home(): Promise<AdapterHome> {
  const slack = await FakeSlack.start();
  const ann = slack.person('ann');
  const garden = slack.channel('garden');
  const root = await ann.says(garden, 'Look at this');
  await slack.dispatcher.atRest();
  const adapter = adapterIn(slack, 'socket');
  const messageOf = (ts: string) => garden.messages.find((message) => message.ts === ts) ?? root;
  return {
    adapter,
    destination: {
      place: {
        platform: 'slack',
        workspace: slack.workspace.id,
        channel: garden.id,
        thread: root.ts,
      },
      context: {},
    },
    thread: async () =>
      slack
        .thread(root)
        .filter(({ message }) => message.isFromApp)
        .map(({ ts, message, pictures, buttons }) => ({
          messageId: ts,
          text: wordsIn(message.blocks ?? []),
          pictures: pictures.map(({ alt, file }) => ({ alt, imageId: imageIdOf(file.bytes) })),
          actions: buttons.flatMap(({ actionId }) => decodeAction(actionId) ?? []),
        })),
    rest: async () => slack.clock.advance(2_500),
    trouble: (kind) => slack.troubles.add('chat.postMessage', TROUBLES[kind]),
    deleteMessage: async (ts) => ann.deletes(messageOf(ts)),
    removePlace: async () => void (garden.isGone = true),
    say: async (text, file) => {
      const files = file ? [{ name: 'photo.png', bytes: file.bytes }] : [];
      await ann.replies(root, text, files);
      await slack.dispatcher.atRest();
    },
    press: async (ts, action) => {
      const { blocks = [] } = messageOf(ts);
      const codes = (blocks.at(-1)?.['elements'] ?? []) as readonly { action_id: string }[];
      const code = codes.find(
        ({ action_id: id }) => JSON.stringify(decodeAction(id)) === JSON.stringify(action),
      );
      await ann.presses(messageOf(ts), code?.action_id ?? '');
    },
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
    },
  };
}

function imageIdOf(bytes: Uint8Array): string {
  const found = Object.values(PAINTED).find(
    ({ image }) => Buffer.compare(image.bytes, bytes) === 0,
  );
  return found?.reference.id ?? 'unknown';
}

describe('Slack', () => {
  chatAdapterContract(home);
});
