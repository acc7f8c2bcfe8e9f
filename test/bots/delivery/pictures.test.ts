import { randomBytes } from 'node:crypto';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { PictureFile } from '../../../src/bots/types.ts';
import type { EncodedImage } from '../../../src/image/types.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { DeliveryWorld } from '../../support/delivery-world.ts';
import { FILE_CAPABILITIES } from '../../support/recording-adapter.ts';
import { PLAN, round, success } from '../../support/turns.ts';
import { PAINTED } from '../../support/painted-pictures.ts';

/** Too large for the platform in any format without loss. */
async function largePicture(): Promise<EncodedImage> {
  const raw = { width: 640, height: 480, channels: 3 } as const;
  const bytes = await sharp(randomBytes(640 * 480 * 3), { raw })
    .png()
    .toBuffer();
  return { bytes, format: 'png', width: 640, height: 480 };
}

describe('pictures for a platform that takes files', () => {
  const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());

  /** Delivers a turn with one round, and looks at the files of its messages. */
  const deliver = async (source: EncodedImage, result: EncodedImage) => {
    await using world = await DeliveryWorld.open(bench.home, { capabilities: FILE_CAPABILITIES });
    const image = await world.images.put(source);
    const base = { kind: 'image', image } as const;
    const { id } = await world.ask('garden', { name: 'a' }, { base });
    await world.store.startTurn(id);
    await world.store.recordThought(id, PLAN);
    await world.store.recordRound(id, { ...round(1), image: await world.images.put(result) });
    await world.store.endTurn(id, success());
    await using queue = world.openQueue();
    await using delivery = world.openDelivery(queue);
    delivery.take(id);
    await world.until(() => world.isDelivered());
    expect(world.platform.violations).toEqual([]);
    return world.platform.thread('garden').map(({ message, files }) => ({
      kind: message.kind,
      files: (files ?? []).map(described),
    }));
  };

  it('are the pictures themselves where they fit', async () => {
    expect(await deliver(PAINTED.before.image, PAINTED.after.image)).toEqual([
      { kind: 'status', files: [] },
      { kind: 'round', files: [{ shown: 'round-1.png 32 × 24' }] },
      {
        kind: 'final',
        files: [{ shown: 'before.png 32 × 24' }, { shown: 'round-1.png 32 × 24' }],
      },
    ]);
  });

  it('are smaller ones where they don’t, and the result says so', async () => {
    const large = await largePicture();
    const messages = await deliver(PAINTED.before.image, large);
    const files = messages[2]?.files ?? [];
    expect(messages[1]?.files[0]?.shown).toMatch(/^round-1\.jpg /);
    expect(files[1]).toMatchObject({
      shown: expect.stringMatching(/^round-1\.jpg /) as string,
      note: expect.stringMatching(
        /^Shown as \d+ × \d+ JPEG; the whole picture is 640 × 480 PNG\.$/,
      ) as string,
    });
  });

  it('come in the format of the source, beside one that is shown where that is not', async () => {
    const { bytes, width, height } = PAINTED.before.image;
    const tiff: EncodedImage = {
      bytes: await sharp(bytes).tiff().toBuffer(),
      format: 'tiff',
      width,
      height,
    };
    const messages = await deliver(tiff, PAINTED.after.image);
    expect(messages[2]?.files).toEqual([
      { shown: 'before.jpg 32 × 24' },
      { shown: 'round-1.jpg 32 × 24', original: 'round-1.tiff 32 × 24' },
    ]);
  });

  it('get smaller as long as the platform says that they are too large', async () => {
    await using world = await DeliveryWorld.open(bench.home, { capabilities: FILE_CAPABILITIES });
    const image = await world.images.put(await largePicture());
    const { id } = await world.ask('garden', { name: 'a' }, { base: { kind: 'image', image } });
    await world.store.startTurn(id);
    await world.store.recordThought(id, PLAN);
    await world.store.recordRound(id, { ...round(1), image });
    await world.store.endTurn(id, success());
    world.platform.faults.push('none', 'too-large', 'too-large');
    await using queue = world.openQueue();
    await using delivery = world.openDelivery(queue);
    delivery.take(id);
    await world.until(() => world.isDelivered());
    const file = world.platform.thread('garden')[1]?.files?.[0];
    expect(file?.shown.image.bytes.length).toBeLessThanOrEqual(50_000);
    expect(world.platform.violations).toEqual([]);
  });
});

const described = ({ shown, original, note }: PictureFile) => ({
  shown: `${shown.name} ${shown.image.width} × ${shown.image.height}`,
  ...(original && {
    original: `${original.name} ${original.image.width} × ${original.image.height}`,
  }),
  ...(note !== undefined && { note }),
});
