import { bytesToLab } from '../pixels/colour.ts';
import { addBarrier } from './barrier.ts';
import { unlikeBorder } from './border-colours.ts';
import type { Copy } from './copy.ts';
import { normalize } from './normalize.ts';

/**
 * How much each pixel stands out from the picture's border, 0 to 1, row by row: by the steps of tone
 * and colour that every path from the border to it must cross, and by how unlike the border its
 * colour is; the middle counts more. After Zhang et al., "Minimum Barrier Salient Object Detection
 * at 80 FPS", ICCV 2015.
 */
export function saliencyOf(copy: Copy): Float32Array {
  const { width, height } = copy;
  const channels = [0, 1, 2].map(() => new Float32Array(width * height));
  const [lightness, a, b] = channels as [Float32Array, Float32Array, Float32Array];
  bytesToLab(copy.rgb, lightness, a, b);
  const unlike = unlikeBorder(channels, copy);
  const barrier = new Float32Array(width * height);
  for (const channel of channels) addBarrier(channel, unlike, barrier, copy);
  normalize(barrier);
  const saliency = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const away = Math.hypot((x + 0.5) / width - 0.5, ((y + 0.5) / height - 0.5) * 0.9);
      const central = Math.exp(-((away / 0.45) ** 2));
      saliency[at] = ((barrier[at] as number) + (unlike[at] as number)) * (0.3 + 0.7 * central);
    }
  }
  normalize(saliency);
  return saliency;
}
