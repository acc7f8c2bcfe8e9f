import { runProcess } from '../../dist/cli/process.js';
import { findEngine } from '../../dist/pipeline/engines.js';

/** The command line as it is, with one more engine to choose from. */
const module = new URL('./engines/scripted.mjs', import.meta.url).href;
await runProcess((name, options) =>
  name === 'scripted' ? { name, module, options: {} } : findEngine(name, options),
);
