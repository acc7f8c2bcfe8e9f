import { isReaction } from './chatter.ts';
import { commandIn, type WordCommand } from './commands.ts';
import { isCourtesy } from './courtesy.ts';
import { evidenceIn } from './evidence.ts';
import type { SaidBy } from './sayings.ts';
import { clausesOf, type Sentence } from './sentence.ts';
import { departureIn } from './starting-point.ts';
import { foreignCommandIn } from './tongues/tongues.ts';

/** A command in words, and who may say it for it to count. */
export interface Order {
  readonly command: WordCommand;
  readonly saidBy: SaidBy;
}

/** Words that are commands when they are all that is said, but begin or end sentences of any kind. */
const HESITATION =
  /^(?:wait|hold on|hang on|again|back|help|one more|once more|enough|history|compare|explain|why)$/;

/**
 * The command that a message is: all of it, or together with a remark, such as "undo that, it looks
 * awful". A wish for an edit besides makes it none.
 */
export function orderIn(sentence: Sentence): Order | undefined {
  const { line } = sentence;
  const whole = commandIn(line) ?? foreignCommandIn(line);
  if (whole) return whole;
  const departure = departureIn(sentence);
  if (departure) {
    const next = commandIn(departure.line);
    if (next) return next;
    const isAlone =
      isCourtesy(departure.line) ||
      isReaction(departure.line) ||
      (!departure.isJoined && evidenceIn(departure.line) !== 'clear');
    return isAlone ? commandIn(departure.lead) : undefined;
  }
  return orderBesideRemark(line);
}

function orderBesideRemark(line: string): Order | undefined {
  const clauses = clausesOf(line).filter((clause) => !isCourtesy(clause));
  const [first = '', ...others] = clauses;
  const last = others.at(-1);
  if (last === undefined) return undefined;
  const ends = HESITATION.test(last) ? undefined : commandIn(last);
  if (ends && evidenceIn(clauses.slice(0, -1).join(' , ')) !== 'clear') return ends;
  const begins = HESITATION.test(first) ? undefined : commandIn(first);
  return begins && begins.saidBy !== 'addresser' && others.every(isRemark) ? begins : undefined;
}

const DISLIKE =
  /^(?:i )?(?:really )?(?:do not like|hate|can not stand) (?:it|this|that)\b|\b(?:worse|awful|terrible|ugly|horrible|wrong)$|\bnot what i (?:asked|wanted|meant)/;

function isRemark(clause: string): boolean {
  return DISLIKE.test(clause) || ['none', 'hint', 'fragment'].includes(evidenceIn(clause));
}
