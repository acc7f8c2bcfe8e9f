import type { ElementType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import type { Shapes } from './shapes.ts';

const FLOATS: ReadonlySet<ElementType> = new Set(['float32', 'float16', 'bfloat16']);

/** What is wrong with the weights of a component, one sentence without a full stop for each; none if nothing is. */
export function checkWeights(component: string, weights: Weights, shapes: Shapes): string[] {
  const problems: string[] = [];
  for (const [name, shape] of shapes) {
    if (!weights.has(name)) {
      problems.push(`${component} lacks "${name}"`);
      continue;
    }
    const found = weights.get(name);
    if (String(found.shape) !== String(shape)) {
      problems.push(
        `"${name}" of ${component} is [${found.shape.join(', ')}], not [${shape.join(', ')}]`,
      );
    }
    if (!FLOATS.has(found.type)) {
      problems.push(`"${name}" of ${component} is of type ${found.type}`);
    }
  }
  // A weight that no graph uses would be a part of the model that is left out in silence.
  for (const name of weights.names) {
    if (!shapes.has(name)) problems.push(`${component} has "${name}", which is not known`);
  }
  return problems;
}
