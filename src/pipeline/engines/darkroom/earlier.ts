import type { EncodedImage } from '../../../image/types.ts';
import type { Call, EditStep } from '../../types.ts';
import { execute, type Material } from './execute.ts';
import { writeInstruction, type Instruction } from './instruction.ts';
import { photoOf, photoOfPixels, type Photo } from './measure/photo.ts';

/** What was made again for an edit is measured against soon after: the last one of each picture. */
const remade = new WeakMap<
  EncodedImage,
  { readonly key: string; readonly photo: Promise<Photo> }
>();

/**
 * Does the earlier passes of an instruction again. Returns what the last pass is done on, and
 * yields after each pass.
 */
export async function* makeEarlier(
  image: EncodedImage,
  references: readonly EncodedImage[],
  { earlier }: Instruction,
  call: Call,
): AsyncGenerator<EditStep, Material> {
  let material: Material = image;
  for (const [index, steps] of earlier.entries()) {
    const work = execute(material, references, steps, call);
    let next = await work.next();
    while (!next.done) next = await work.next();
    material = next.value;
    yield { step: index + 1, steps: earlier.length + 1 };
  }
  if ('data' in material) {
    const photo = photoOfPixels(material);
    photo.catch(() => remade.delete(image));
    remade.set(image, { key: keyOf(earlier), photo });
  }
  return material;
}

/** The measured copy of what the last pass of an instruction is done on. */
export async function photoBefore(
  image: EncodedImage,
  references: readonly EncodedImage[],
  instruction: Instruction,
  call: Call,
): Promise<Photo> {
  if (instruction.earlier.length === 0) return photoOf(image);
  const known = remade.get(image);
  if (known?.key === keyOf(instruction.earlier)) return known.photo;
  const work = makeEarlier(image, references, instruction, call);
  let next = await work.next();
  while (!next.done) next = await work.next();
  return 'data' in next.value ? photoOfPixels(next.value) : photoOf(image);
}

const keyOf = (earlier: Instruction['earlier']): string =>
  writeInstruction({ earlier: earlier.slice(0, -1), steps: earlier.at(-1) ?? [] });
