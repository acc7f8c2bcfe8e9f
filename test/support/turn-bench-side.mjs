// Times a whole turn of our engine on the CPU: thinks, edits once and reflects, as test/parity/time_turn.py does.
// Arguments: the checkpoint, threads, and when this process was started (seconds since the epoch).
const [, , checkpoint, threads, begun] = process.argv;
const [SIDE, LEVEL, STEPS, TOKENS] = [512, 256, 4, 128];
const REQUEST = 'make the sky blue';

const engine = '../../dist/pipeline/engines/reasonedit';
const { readAutoencoderConfig, readSchedule, readTransformerConfig } = await import(
  `${engine}/checkpoint.js`
);
const { edit } = await import(`${engine}/editor/edit.js`);
const { Painter } = await import(`${engine}/editor/models.js`);
const { normalNumbers } = await import(`${engine}/editor/noise.js`);
const { writePng } = await import(`${engine}/picture-file.js`);
const { Qwen } = await import(`${engine}/qwen/qwen.js`);
const { readPrompts } = await import(`${engine}/reasoner/prompts.js`);
const { createReasoner, REASONER_AS_RELEASED } = await import(`${engine}/reasoner/reasoner.js`);

const settings = { provider: 'cpu', threads: Number(threads) };
const configs = {
  transformer: await readTransformerConfig(checkpoint),
  vae: await readAutoencoderConfig(checkpoint),
};
const prompts = await readPrompts(checkpoint);
const schedule = await readSchedule(checkpoint);
const qwen = await Qwen.open(checkpoint, 'float32', settings);
const painter = await Painter.open(checkpoint, configs, 2, settings);
const open = Date.now() / 1e3 - Number(begun);

// Random weights say nothing that can be read: all their words are waited for, and these are taken for them.
const ANSWERS = [
  'Make the sky blue.',
  'A blue sky above a chequered plain.',
  '{"meets_instruction": "yes", "raw_score": 9, "reason": "The sky is blue."}',
  '<#Think> The sky is blue. <#Success>',
  '{"score": [9, 9], "reasoning": "Done."}',
  '{"score": [9, 9], "reasoning": "Natural."}',
];
let asked = 0;
const answering = {
  repetitionPenalty: qwen.repetitionPenalty,
  async *answer(chat, options, call) {
    yield* qwen.answer(chat, { ...options, stopAfter: [] }, call);
    return ANSWERS[asked++];
  },
};
const reasoner = createReasoner(() => answering, prompts, {
  ...REASONER_AS_RELEASED,
  maxTokens: TOKENS,
  attempts: 1,
});
const tools = {
  condition: qwen.conditioner(prompts.condition),
  openPainter: () => painter,
  autoencoder: configs.vae,
  schedule,
  normalNumbers,
};
const editing = {
  steps: STEPS,
  guidance: 6,
  level: LEVEL,
  previewEvery: 0,
  drawSource: true,
  tile: Infinity,
};

const source = await writePng(gradient(SIDE, SIDE));
const call = { signal: new AbortController().signal };
const nothing = { references: [], history: [], exchanges: [], seed: 1 };
const marks = [performance.now()];
const mark = () => marks.push(performance.now());

const thought = await finish(
  reasoner.think({ ...nothing, prompt: REQUEST, source, latest: source }, call),
);
mark();
const { instruction } = thought;
const edited = await finish(edit(tools, editing, { ...nothing, image: source, instruction }, call));
mark();
const judged = { ...nothing, prompt: REQUEST, target: instruction, instruction, round: 1 };
const { verdict } = await finish(reasoner.reflect({ ...judged, base: source, edited }, call));
mark();
if (verdict !== 'success' || asked !== ANSWERS.length) throw new Error('it was another turn');

const [think, edit_, reflect] = [1, 2, 3].map((at) => (marks[at] - marks[at - 1]) / 1e3);
process.stdout.write(
  `${JSON.stringify({
    open,
    think,
    edit: edit_,
    reflect,
    turn: think + edit_ + reflect,
    peak_mib: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);
process.exit();

async function finish(work) {
  let next = await work.next();
  while (!next.done) next = await work.next();
  return next.value;
}

/** As in test/parity/qwen/pictures.py. */
function gradient(width, height) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = (Math.floor(x / 8) + Math.floor(y / 8)) % 2 === 0;
      data[at++] = Math.floor((x * 255) / (width - 1));
      data[at++] = Math.floor((y * 255) / (height - 1));
      data[at++] = light ? Math.floor(((x + y) * 255) / (width + height - 2)) : 40;
    }
  }
  return { data, width, height };
}
