// Times our Qwen2.5-VL on the CPU, with the prompt and the number of tokens of test/parity/qwen/time_reference.py.
// Arguments: the checkpoint, threads, and when this process was started (seconds since the epoch).
import { join } from 'node:path';

const [, , checkpoint, threads, begun] = process.argv;
const TOKENS = 48;
const RUNS = 5;

const engine = '../../dist/pipeline/engines/reasonedit';
const { readQwenConfig } = await import(`${engine}/qwen/config.js`);
const { ChatTokenizer } = await import(`${engine}/qwen/chat-tokenizer.js`);
const { TextModel, GREEDY } = await import(`${engine}/qwen/text-model.js`);
const { VisionTower } = await import(`${engine}/qwen/vision-tower.js`);
const { layPrompt } = await import(`${engine}/qwen/prompt.js`);
const { smartResize } = await import(`${engine}/qwen/smart-resize.js`);

const folder = join(checkpoint, 'text_encoder');
const read = await readQwenConfig(folder);
// Nothing stops it, so that both sides write the same number of tokens.
const config = { ...read, generation: { ...read.generation, stopTokens: [-1] } };
const settings = { provider: 'cpu', threads: Number(threads) };
const tower = await VisionTower.open(join(folder, 'vision.onnx'), config.vision, settings);
const model = await TextModel.open(join(folder, 'text.onnx'), config, 'float32', settings);
const tokenizer = await ChatTokenizer.open(checkpoint);
const open = Date.now() / 1e3 - Number(begun);

const picture = noise(512, 512);
const size = smartResize(picture, 28, { min: 262_144, max: 802_816 });
const see = () => tower.see(picture, size);
const seen = await see();
const chat = [
  { role: 'user', content: [{ type: 'image' }, { type: 'text', text: 'Describe it.' }] },
];
const tokens = tokenizer.encode(tokenizer.render(chat, { numberPictures: false }));
const prompt = layPrompt(tokens, [seen], { imageToken: config.imageToken, spatialMergeSize: 2 });

async function generate(count) {
  let next = {
    tokens: prompt.tokens,
    features: seen.features,
    positions: prompt.positions.values,
    nextPosition: prompt.positions.next,
    cache: model.nothing,
  };
  for (let written = 0; written < count;) {
    const limit = written === 0 ? 1 : Math.min(16, count - written);
    const { chosen, cache } = await model.write(next, new Float32Array(limit), GREEDY, []);
    written += chosen.length;
    const place = next.nextPosition + chosen.length - 1;
    next = {
      tokens: chosen.slice(-1),
      features: new Float32Array(0),
      positions: [[place], [place], [place]],
      nextPosition: place + 1,
      cache,
    };
  }
}

await generate(2);
const vision = await median(see);
const one = await median(() => generate(1));
const many = await median(() => generate(1 + TOKENS));
const { maxRSS } = process.resourceUsage();
const token = (many - one) / TOKENS;
process.stdout.write(
  JSON.stringify({ open, vision, prefill: one, token, peak_mib: maxRSS / 1024 }),
);
await tower[Symbol.asyncDispose]();
await model[Symbol.asyncDispose]();

async function median(work) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1e3);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)];
}

function noise(width, height) {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) data[at] = (at * 7919) % 256;
  return { width, height, data };
}
