// Times our editor on the CPU, with the sizes of test/parity/time_editor.py.
// Arguments: the checkpoint, threads, and when this process was started (seconds since the epoch).
const [, , checkpoint, threads, begun] = process.argv;
const RUNS = 2;
const [SIDE, TEXT] = [16, 128];

const engine = '../../dist/pipeline/engines/reasonedit';
const { readAutoencoderConfig, readTransformerConfig } = await import(`${engine}/checkpoint.js`);
const { Painter } = await import(`${engine}/editor/models.js`);
const { normalNumbers } = await import(`${engine}/editor/noise.js`);
const { imagePositions, rotations } = await import(`${engine}/editor/positions.js`);
const { embedTime } = await import(`${engine}/editor/time-embedding.js`);

const configs = {
  transformer: await readTransformerConfig(checkpoint),
  vae: await readAutoencoderConfig(checkpoint),
};
const settings = { provider: 'cpu', threads: Number(threads) };
const { transformer, autoencoder } = await Painter.open(checkpoint, configs, 1, settings);
const open = Date.now() / 1e3 - Number(begun);

const {
  in_channels: channels,
  connector_in_channels: width,
  axes_dims_rope: axes,
} = configs.transformer;
const tokens = SIDE * SIDE;
const condition = await transformer.condition({
  hidden: normalNumbers(1, TEXT * width),
  embeddings: new Float32Array(TEXT * width),
  quoted: new Float32Array(TEXT),
  layout: { times: new Float32Array(TEXT) },
});
const positions = [
  new Float32Array(3 * TEXT),
  imagePositions(SIDE, SIDE, 0),
  imagePositions(SIDE, SIDE, 1),
];
const turns = rotations(Float32Array.from(positions.flatMap((part) => [...part])), axes);
const [latents, source] = [2, 3].map((seed) => normalNumbers(seed, tokens * channels));
const time = embedTime(1, configs.transformer.timestep_in_dim);
const packed = normalNumbers(4, 16 * 16 * 16);
const planes = normalNumbers(5, 3 * 128 * 128);

async function median(work) {
  await work();
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1e3);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(RUNS / 2)];
}

const result = {
  open,
  pass: await median(async () => {
    const contexts = await transformer.contexts([condition], time);
    return transformer.velocities(latents, source, contexts, [turns]);
  }),
  decode: await median(() => autoencoder.decode(packed, { channels: 16, rows: 16, columns: 16 })),
  encode: await median(() => autoencoder.encode(planes, { width: 128, height: 128 })),
  peak_mib: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit();
