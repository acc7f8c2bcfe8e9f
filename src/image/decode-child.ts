import sharp from 'sharp';

import { decode } from './decode.ts';
import { toRefused, type DecodeRequest, type FromChild } from './decode-protocol.ts';

/** The process in which pictures from outside are decoded, one at a time, until it is killed. */

// Of the formats that libvips can read, only those that we take.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'].map(
    (loader) => `VipsForeignLoad${loader}`,
  ),
});
sharp.cache(false);

// Not `exit`, which would wait for a decoder that hangs.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A signal to the whole process group is the parent's to answer.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('message', (request: DecodeRequest) => void answer(request));
send({ type: 'ready' });

async function answer(request: DecodeRequest): Promise<void> {
  try {
    send(await decode(request));
  } catch (error) {
    send(toRefused(error, request.format));
  }
}

function send(message: FromChild): void {
  process.send?.(message, undefined, undefined, () => {});
}
