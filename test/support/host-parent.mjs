/** Hosts the misbehaving engine: says each step of each prompt, then leaves or stays. */
import { hostEngine } from '../../dist/pipeline/engine-host.js';

const [end, ...prompts] = process.argv.slice(2);
const module = new URL('./engines/misbehaving.mjs', import.meta.url).href;
const engine = await hostEngine({ name: 'misbehaving', module, options: {} });
const image = { bytes: new Uint8Array(3), format: 'png', width: 1, height: 1 };
const input = { source: image, latest: image, references: [], history: [], exchanges: [], seed: 1 };
for (const prompt of prompts) {
  const call = { signal: new AbortController().signal };
  for await (const step of engine.reasoner.think({ ...input, prompt }, call)) console.log(step);
}
console.log('done');
if (end === 'stay') setInterval(() => {}, 2 ** 30);
