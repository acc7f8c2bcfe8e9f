import sharp from 'sharp';

import type { EncodedImage } from '../../../src/image/types.ts';
import { makePhoto } from '../photos.ts';
import { openChatServer } from './chat-server.ts';
import { FINE, FLAWED, openEngine, play, requestOn, scriptedModel } from './engine.ts';
import { openImageServer } from './image-server.ts';
import { paintDisc } from './painters.ts';
import { picturesSent, referenceCost, type Cost } from './reference.ts';

const ANSWERS = {
  'success at once': {},
  'refined, then a success': {
    assessment: [FLAWED, FINE],
    conclusion: [{ reason: 'More.', verdict: 'refine', instruction: 'Make the disc larger.' }],
  },
  'three rounds, none good enough': {
    assessment: [FLAWED],
    conclusion: [{ reason: 'No.', verdict: 'revert', instruction: '' }],
  },
} as const;

export const TURNS = Object.keys(ANSWERS) as (keyof typeof ANSWERS)[];

/** A turn's cost, ours as it crossed the wire, and that of the reference loop for the same rounds. */
export async function costOf(
  turn: keyof typeof ANSWERS,
): Promise<{ ours: Cost; reference: Cost; rounds: number }> {
  const chat = await openChatServer({ model: scriptedModel(ANSWERS[turn]) });
  let painted = 0;
  const images = await openImageServer({
    paint: ({ pictures: [first = Buffer.alloc(0)] }) => {
      painted += 1;
      return paintDisc(first, { x: 0.2 * painted, y: 0.5, radius: 0.1, colour: '#d01010' });
    },
  });
  const engine = await openEngine({ reasoner: chat, editor: images });
  const { rounds } = await play(engine, requestOn(await source()));
  const { before, after } = picturesSent(chat.asked);
  return {
    ours: { calls: chat.asked.length, bytes: chat.receivedBytes() },
    reference: referenceCost(before, after),
    rounds: rounds.length,
  };
}

async function source(): Promise<EncodedImage> {
  const { bytes } = await makePhoto({ width: 960, height: 640 });
  const png = await sharp(bytes).png({ compressionLevel: 1 }).toBuffer();
  return { bytes: png, format: 'png', width: 960, height: 640 };
}
