import { commandOf, splitAlternatives, type WordCommand } from '../commands.ts';
import type { SaidBy } from '../sayings.ts';
import { CHINESE } from './chinese.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { JAPANESE } from './japanese.ts';
import { SPANISH } from './spanish.ts';
import { formOf, wholeIn, type Tongue } from './tongue.ts';

const TONGUES: readonly Tongue[] = [GERMAN, FRENCH, SPANISH, JAPANESE, CHINESE];

const COMPILED = TONGUES.map((tongue) => ({
  tongue,
  sayings: tongue.sayings.flatMap(({ name, saidBy, phrases }) =>
    phrases.flatMap((phrase) =>
      splitAlternatives(phrase).map((pattern) => ({
        name,
        saidBy,
        pattern: wholeIn(tongue, pattern),
      })),
    ),
  ),
  /** All that is known of it at once: most lines are none of it, which is seen quickly so. */
  anything: wholeIn(
    tongue,
    [
      ...tongue.sayings.flatMap(({ phrases }) => phrases),
      tongue.thanks,
      tongue.greetings,
      tongue.fillers,
    ]
      .join('|')
      .replaceAll(/\(\?<[a-z]+>/g, '(?:'),
  ),
  thanks: wholeIn(tongue, tongue.thanks),
  greetings: wholeIn(tongue, tongue.greetings),
  fillers: wholeIn(tongue, tongue.fillers),
}));

/** The command that a whole line is in any of the tongues, courtesies aside. */
export function foreignCommandIn(
  line: string,
): { command: WordCommand; saidBy: SaidBy } | undefined {
  for (const { tongue, sayings, anything } of COMPILED) {
    const form = formOf(line, tongue);
    if (form === undefined || !anything.test(form)) continue;
    for (const { name, saidBy, pattern } of sayings) {
      const found = pattern.exec(form);
      if (found) return { command: commandOf(name, found, tongue.numbers), saidBy };
    }
  }
  return undefined;
}

/** Praise and thanks, greetings, or words that only accompany a picture, in any of the tongues. */
export function isForeign(kind: 'thanks' | 'greetings' | 'fillers', line: string): boolean {
  return COMPILED.some((compiled) => {
    const form = formOf(line, compiled.tongue);
    if (form === undefined || form === '' || !compiled.anything.test(form)) return false;
    return compiled[kind].test(form);
  });
}
