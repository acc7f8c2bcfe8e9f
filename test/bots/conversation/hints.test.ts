import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/errors.ts';
import type { Destination } from '../../../src/bots/types.ts';
import { useConversationWorld } from '../../support/conversation-world.ts';

const MENTION = { mentionsBot: true };

describe('pictures that came hidden', () => {
  const shown: Destination[] = [];
  const bench = useConversationWorld({
    adapter: {
      postMessage: async (destination) => {
        shown.push(destination);
        return { messageId: `message-${shown.length}` };
      },
      updateMessage: () => Promise.resolve(),
    },
  });

  it('stay so in all that comes of them', async () => {
    const { world } = bench;
    world.chat.files.set('SPOILER_photo', world.chat.files.get('photo') ?? new Uint8Array());
    const first = await world.says('ann', 'make it warmer', {
      ...MENTION,
      files: ['SPOILER_photo'],
    });
    const second = await world.says('ann', 'make it blue');
    await world.says('ann', 'undo');
    expect(shown.at(-1)?.context).toMatchObject({ spoiler: 'true' });
    for (const key of [first, second]) {
      expect((await world.turn(key)).context).toMatchObject({ spoiler: 'true' });
    }
    const other = await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    expect((await world.turn(other)).context).not.toHaveProperty('spoiler');
  });
});

describe('a permission that is lacking', () => {
  const told: string[] = [];
  const bench = useConversationWorld({
    adapter: {
      openThread: () =>
        Promise.reject(new AppError('NOT_PERMITTED', 'I need Create Public Threads here.')),
      notify: async (_destination, _author, text) => void told.push(text),
    },
  });

  it('is named to who asked', async () => {
    const { world } = bench;
    const message = world.chat.message('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const { thread: _thread, ...place } = message.place;
    await world.chat.receive({ ...message, place });
    await world.idle();
    expect(told).toEqual(['I need Create Public Threads here.']);
  });
});
