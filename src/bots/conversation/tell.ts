import type { Call } from '../../pipeline/types.ts';
import type { StoredRound, Turn } from '../../store/records.ts';
import { clip, plainLine } from '../plain-text.ts';
import type { Picture } from '../messages.ts';
import type { Talk, Tools } from './parts.ts';
import { say, whisper } from './say.ts';
import { headTurn, imageOf } from './subject.ts';

/** Shows what a turn began from beside what came of it. */
export async function compare(
  tools: Tools,
  talk: Talk,
  named: Turn | undefined,
  call: Call,
): Promise<void> {
  const { replies } = talk.sentences;
  const { head } = talk.conversation;
  const turn = named ?? (await headTurn(tools, talk.conversation));
  const round = named ? (named.best?.round ?? 0) : (head?.round ?? 0);
  const [before, after] = [turn && imageOf(turn, 0), turn && imageOf(turn, round)];
  if (!turn || !before || !after || round === 0) {
    return say(tools, talk, replies.nothingToCompare, {}, call);
  }
  const pictures: Picture[] = [
    { image: before, alt: plainLine(replies.altBefore), size: 'small' },
    { image: after, alt: plainLine(replies.altAfter), size: 'small' },
  ];
  return say(tools, talk, replies.compared, { turnId: turn.id, pictures }, call);
}

/** Says what was done to the picture that is shown, and why. */
export async function explain(tools: Tools, talk: Talk, call: Call): Promise<void> {
  const { conversation, sentences } = talk;
  const turn = await headTurn(tools, conversation);
  const round = conversation.head?.round ?? 0;
  if (!turn || round === 0) return say(tools, talk, sentences.replies.nothingToExplain, {}, call);
  const { thought, prompt } = turn;
  const reasoning = thought?.kind === 'plan' ? thought.reasoning : '';
  const text = sentences.replies.explained(
    prompt,
    reasoning,
    pathTo(turn.rounds, round).map(({ instruction }) => instruction),
  );
  return say(tools, talk, text, { turnId: turn.id }, call);
}

/** The rounds that a round is built on, and it: what was thrown away is not among them. */
function pathTo(rounds: readonly StoredRound[], round: number): readonly StoredRound[] {
  const upTo = rounds.filter((record) => record.round <= round);
  const thrownAway = upTo
    .slice(0, -1)
    .findLastIndex(({ reflection }) => reflection?.verdict === 'revert');
  return upTo.slice(thrownAway + 1);
}

const HISTORY = { turns: 20, requestCharacters: 80 } as const;

/** Lists what was asked for here, and what came of it. */
export async function history(tools: Tools, talk: Talk, call: Call): Promise<void> {
  const { conversation, sentences } = talk;
  const turns = await tools.store.turns(conversation.id, HISTORY.turns);
  if (turns.length === 0) {
    return whisper(tools, talk, conversation, sentences.replies.noHistory, call);
  }
  const answered = new Set(turns.map(({ answers }) => answers));
  const told = turns.filter(({ id }) => !answered.has(id));
  const lines = told.map((turn) =>
    sentences.replies.historyLine(
      turn.sequence,
      clip(plainLine(turn.prompt), HISTORY.requestCharacters),
      turn.state,
      conversation.head?.turnId === turn.id,
    ),
  );
  return whisper(tools, talk, conversation, sentences.replies.history(lines), call);
}
