import { unusable, type Weights } from '../safetensors.ts';

/** Where the parts of the model are among its weights: versions of transformers name them differently. */
const VISION = ['visual.', 'model.visual.'];
const TEXT = ['model.', 'model.language_model.'];

export const visionPrefix = (weights: Weights): string =>
  prefixOf(weights, VISION, 'patch_embed.proj.weight');

export const textPrefix = (weights: Weights): string =>
  prefixOf(weights, TEXT, 'embed_tokens.weight');

function prefixOf(weights: Weights, prefixes: readonly string[], name: string): string {
  const prefix = prefixes.find((candidate) => weights.has(`${candidate}${name}`));
  if (prefix === undefined)
    throw unusable(`${weights.folder} has no weight "${prefixes[0]}${name}"`);
  return prefix;
}
