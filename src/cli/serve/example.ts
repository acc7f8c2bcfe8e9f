import { setTimeout as sleep } from 'node:timers/promises';

import type { Ground } from '../../bot.ts';
import type { WebAdapter } from '../../bots/web/adapter.ts';
import type { Call } from '../../pipeline/types.ts';
import type { StoredRound, Turn } from '../../store/records.ts';
import type { Terminal } from '../terminal.ts';
import { printable } from '../text.ts';

const REQUEST =
  'Fix the white balance, make it a lot brighter with more contrast, and write "Evening at the lake" at the bottom';
const POLL_MS = 150;

interface Stage {
  readonly web: WebAdapter;
  readonly ground: Ground;
  readonly terminal: Terminal;
}

/**
 * On the very first run edits a picture of the project's own in the chat, and shows on the terminal how
 * that goes. A real edit: what it comes to stays in the chat.
 */
export async function showExample({ web, ground, terminal }: Stage, call: Call): Promise<void> {
  const { threads } = await ground.webChat.changes(0, undefined, 1);
  if (threads.length > 0) return;
  terminal.line();
  terminal.line('For a first look it edits a picture of its own: a lake at dusk, badly exposed.');
  const { renderScene } = await import('../../demo/scene.ts');
  const { bytes } = await renderScene();
  const { key, place } = await web.say(REQUEST, { name: 'lake.jpg', bytes }, call);
  terminal.line(`To be watched here, or at ${web.url ?? ''}#${place.thread ?? ''}`);
  terminal.line(terminal.style('cyan', `“${REQUEST}”`));
  try {
    await follow(ground, terminal, key, call);
  } catch (error) {
    if (!call.signal.aborted) throw error;
  }
}

/** Shows what is written down of a turn as it comes, until it has ended. */
async function follow(
  { store }: Ground,
  terminal: Terminal,
  messageKey: string,
  { signal }: Call,
): Promise<void> {
  let shown: Turn | undefined;
  for (;;) {
    await sleep(POLL_MS, undefined, { signal });
    const turn = await store.turnOfMessage(messageKey);
    if (!turn) continue;
    show(terminal, shown, turn);
    shown = turn;
    if (turn.endedAt !== undefined) return;
  }
}

function show(terminal: Terminal, before: Turn | undefined, turn: Turn): void {
  if (turn.thought?.kind === 'plan' && !before?.thought) {
    heading(terminal, 'Thinking');
    for (const line of turn.thought.reasoning.split('\n')) terminal.line(`  ${printable(line)}`);
  }
  for (const round of turn.rounds) {
    const isKnown = before?.rounds.some((other) => other.round === round.round && other.reflection);
    if (round.reflection && !isKnown) showRound(terminal, round);
  }
  if (turn.endedAt === undefined) return;
  terminal.line();
  terminal.line(
    turn.best
      ? `Round ${turn.best.round} of ${turn.rounds.length} is the answer.`
      : `It came to nothing: ${turn.code ?? turn.state}.`,
  );
}

function showRound(terminal: Terminal, { round, instruction, reflection }: StoredRound): void {
  heading(terminal, `Round ${round}`);
  terminal.item('edit', printable(instruction));
  if (!reflection) return;
  terminal.item('saw', printable(reflection.critique));
  terminal.item('verdict', reflection.verdict);
}

function heading(terminal: Terminal, text: string): void {
  terminal.line();
  terminal.line(terminal.style('bold', text));
}
