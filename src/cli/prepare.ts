import { loadSettings } from '../config/index.ts';
import { describePlan, gigabytes } from '../pipeline/engines/reasonedit/memory-plan.ts';
import { prepareCheckpoint } from '../pipeline/engines/reasonedit/prepare/prepare.ts';
import { writeReleasedPrompts } from '../pipeline/engines/reasonedit/reasoner/released-prompts.ts';
import type { Call } from '../pipeline/types.ts';
import type { PrepareCommand } from './args.ts';
import type { Context } from './context.ts';
import { jsonLine, printableLine } from './text.ts';

/** Makes a checkpoint ready for the engine reasonedit. Returns 0. */
export async function prepare(
  { checkpoint, prompts, json }: PrepareCommand,
  { stdout }: Context,
  call: Call,
): Promise<number> {
  const provider = loadSettings().REASONEDIT_PROVIDER;
  const { written, linked, prepared, plans } = await prepareCheckpoint(checkpoint, provider, call);
  if (prompts !== undefined) await writeReleasedPrompts(prompts, checkpoint);
  if (json) {
    stdout.write(jsonLine({ type: 'result', written, linked, plans, ...prepared }));
    return 0;
  }
  const say = (line: string): unknown => stdout.write(`${printableLine(line)}\n`);
  const bytes = Object.values(prepared.weights).reduce((sum, size) => sum + size, 0);
  say(`The weights fit their configuration: ${gigabytes(bytes)}.`);
  if (linked > 0) say(`${linked} files that were symbolic links are hard links now.`);
  say(
    written.length === 0
      ? `All graphs were there already, for ${provider}.`
      : `${written.length} graphs are written, for ${provider}.`,
  );
  if (prompts !== undefined) say('The prompts of the released code are beside the weights.');
  const where = provider === 'cpu' ? 'beside the weights, which stay in their files' : 'on the GPU';
  say(`At 1024 pixels squared, ${where}, by the memory that there is:`);
  for (const plan of plans) say(`- ${describePlan(plan)}`);
  say(`Now set REASONEDIT_CHECKPOINT to ${checkpoint}`);
  return 0;
}
