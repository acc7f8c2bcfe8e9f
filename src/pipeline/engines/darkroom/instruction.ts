import { readGoal, roundGoal, writeGoal, type Goal } from './measure/goal.ts';
import { OPERATIONS, operationNamed } from './operations/index.ts';
import type { Step } from './operation.ts';

/**
 * Steps in passes: each pass is done whole, on the picture that the one before it leaves. Only the
 * last one has goals; those before it make again what earlier requests have made.
 */
export interface Instruction {
  readonly earlier: readonly (readonly Step[])[];
  readonly steps: readonly Step[];
}

const THEN = 'Then:';

/**
 * The one carrier between thinking, editing and reflecting: a line of plain English for each step,
 * which `readInstruction` reads back to exactly the same steps.
 */
export function writeInstruction({ earlier, steps }: Instruction): string {
  return [...earlier, steps].map((pass) => pass.map(writeStep).join('\n')).join(`\n${THEN}\n`);
}

function writeStep({ operation, region, params, goals }: Step): string {
  const words = operationNamed(operation)?.phrase.write(params, region) ?? '';
  if (goals.length === 0) return `${words}.`;
  return `${words}, so that ${goals.map(writeGoal).join(' and ')}.`;
}

/** The numbers as they would be written: what comes back from writing and reading a step. */
export function roundStep(step: Step): Step {
  return { ...step, goals: step.goals.map(roundGoal) };
}

/** Undefined when a line is not one of an instruction that was written here. */
export function readInstruction(instruction: string): Instruction | undefined {
  const passes: Step[][] = [[]];
  for (const line of instruction.split('\n').map((words) => words.trim())) {
    if (line === THEN) {
      passes.push([]);
      continue;
    }
    const step = readStep(line);
    if (!step) return undefined;
    passes.at(-1)?.push(step);
  }
  return { earlier: passes.slice(0, -1), steps: passes.at(-1) ?? [] };
}

function readStep(line: string): Step | undefined {
  const found = /^(.*), so that (.*)\.$/s.exec(line) ?? /^(.*)\.$/s.exec(line);
  const [, words, goalWords] = found ?? [];
  if (words === undefined) return undefined;
  const goals: Goal[] = [];
  for (const part of goalWords?.split(' and ') ?? []) {
    const goal = readGoal(part);
    if (!goal) return undefined;
    goals.push(goal);
  }
  for (const operation of OPERATIONS) {
    const read = operation.phrase.read(words);
    if (read) return { operation: operation.name, ...read, goals };
  }
  return undefined;
}
