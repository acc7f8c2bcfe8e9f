import { readGoal, roundGoal, writeGoal, type Goal } from './measure/goal.ts';
import { OPERATIONS, operationNamed } from './operations/index.ts';
import type { Step } from './operation.ts';

/**
 * The one carrier between thinking, editing and reflecting: a line of plain English for each step,
 * which `readInstruction` reads back to exactly the same steps.
 */
export function writeInstruction(steps: readonly Step[]): string {
  return steps.map(writeStep).join('\n');
}

function writeStep({ operation, region, params, goals }: Step): string {
  const words = operationNamed(operation)?.phrase.write(params, region) ?? '';
  return `${words}, so that ${goals.map(writeGoal).join(' and ')}.`;
}

/** The numbers as they would be written: what comes back from writing and reading a step. */
export function roundStep(step: Step): Step {
  return { ...step, goals: step.goals.map(roundGoal) };
}

/** Undefined when a line is not one of an instruction that was written here. */
export function readInstruction(instruction: string): Step[] | undefined {
  const steps: Step[] = [];
  for (const line of instruction.split('\n')) {
    const step = readStep(line.trim());
    if (!step) return undefined;
    steps.push(step);
  }
  return steps;
}

function readStep(line: string): Step | undefined {
  const found = /^(.*), so that (.*)\.$/s.exec(line);
  const [, words, goalWords] = found ?? [];
  if (words === undefined || goalWords === undefined) return undefined;
  const goals: Goal[] = [];
  for (const part of goalWords.split(' and ')) {
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
