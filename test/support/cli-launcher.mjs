import { runProcess } from '../../dist/cli/process.js';
import { findEngine } from '../../dist/pipeline/engines.js';

/** The command line as it is, with more engines to choose from. */
const ENGINES = new Set(['scripted', 'gated']);
await runProcess((name, options) => {
  if (!ENGINES.has(name)) return findEngine(name, options);
  const module = new URL(`./engines/${name}.mjs`, import.meta.url).href;
  return { name, module, options: {} };
});
