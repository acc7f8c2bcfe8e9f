import { basename, join } from 'node:path';

import { overallScore } from '../pipeline/best-round.ts';
import type { BestRound, EditEvent, Reflection, StopReason, Thought } from '../pipeline/types.ts';
import { percent, progressLine, type Progress } from './progress.ts';
import { roundFile, type EditRecord, RECORD_FILE } from './record.ts';
import type { Style, Terminal } from './terminal.ts';
import { duration, printable, printableLine } from './text.ts';
import type { Usage } from '../pipeline/usage.ts';
import { ENGLISH } from '../bots/sentences/en/index.ts';
import type { SessionStart, View } from './view.ts';

const VERDICTS = {
  success: { style: 'green', text: 'success' },
  refine: { style: 'yellow', text: 'refine: goes on from this picture' },
  revert: { style: 'red', text: 'revert: throws this picture away and starts over' },
} as const satisfies Record<Reflection['verdict'], { style: Style; text: string }>;

const REASONS = {
  'only-round': 'the only one',
  'judged-success': 'judged a success',
  'highest-score': 'the highest score',
  'latest-of-equals': 'the latest of equally good ones',
} as const satisfies Record<BestRound['reason'], string>;

const STOPS = {
  success: '',
  'max-rounds': 'No more rounds were allowed.',
  deadline: 'Time ran out.',
  stopped: 'Stopped on request.',
  question: '',
  declined: '',
} as const satisfies Record<StopReason, string>;

/** An edit for people: streamed words, progress, each round with its judgement, and the answer. */
export class TextView implements View {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #folder = '';
  #streamed = false;
  /** The instruction that was shown last: the round that follows it need not repeat it. */
  #announced: string | undefined;
  #editingSince = 0;
  #tenth = 0;

  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
  }

  start({ picture, file, references, folder, engine, prompt, notes }: SessionStart): void {
    const style = this.#style;
    this.#folder = folder;
    const facts = `${picture.width} × ${picture.height} ${picture.format}, engine ${engine}`;
    this.#line(`${style('bold', printableLine(basename(file)))}  ${style('gray', facts)}`);
    for (const reference of references) {
      const { width, height, format } = reference.picture;
      const size = style('gray', `${width} × ${height} ${format}`);
      this.#line(`with ${printableLine(basename(reference.file))}  ${size}`);
    }
    this.#line(style('cyan', `“${printableLine(prompt)}”`));
    for (const note of notes) this.#line(style('yellow', printableLine(note)));
  }

  event(event: EditEvent): void {
    switch (event.type) {
      case 'thinking-start':
        return this.#heading('Thinking');
      case 'thinking-delta':
        return this.#stream(event.text);
      case 'thinking-end':
        return this.#thought(event.thought);
      case 'editing-start':
        this.#heading(`Round ${event.round}`);
        if (event.instruction !== this.#announced) this.#instruction('edit', event.instruction);
        this.#editingSince = this.#now();
        this.#tenth = 0;
        return;
      case 'editing-step':
        return this.#progress({ ...event, elapsedMs: this.#now() - this.#editingSince });
      case 'editing-end': {
        const took = duration(this.#now() - this.#editingSince);
        this.#item(
          'picture',
          `${join(this.#folder, roundFile(event.round, event.image.format))} (${took})`,
        );
        if (event.kept) this.#item('kept', ENGLISH.kept(event.kept));
        return;
      }
      case 'reflection-start':
        this.#streamed = false;
        return;
      case 'reflection-delta':
        return this.#stream(event.text);
      case 'reflection-end':
        return this.#reflection(event.reflection);
      default:
        return event satisfies never;
    }
  }

  result({ best, rounds, stopReason, final, timings, usage }: EditRecord): void {
    const style = this.#style;
    this.#line();
    if (STOPS[stopReason]) this.#line(STOPS[stopReason]);
    if (best && final !== undefined) {
      const which = `Round ${best.round} of ${rounds.length} is the answer`;
      this.#line(`${style('bold', which)}: ${REASONS[best.reason]}.`);
      this.#line(`  ${style('green', printableLine(join(this.#folder, final)))}`);
    } else if (stopReason === 'deadline' || stopReason === 'stopped') {
      this.#line('There is no picture yet.');
    }
    if (usage) this.#line(`  ${style('gray', usageInWords(usage))}`);
    const record = printableLine(join(this.#folder, RECORD_FILE));
    this.#line(`  ${record} ${style('gray', `(${duration(timings.totalMs)} in all)`)}`);
  }

  close(): void {
    this.#terminal.endFlow();
  }

  #thought(thought: Thought): void {
    switch (thought.kind) {
      case 'plan':
        if (!this.#streamed) this.#stream(thought.reasoning);
        return this.#instruction('plan', thought.instruction);
      case 'question':
        return this.#item('question', thought.text);
      case 'declined':
        return this.#item('declined', thought.text);
      default:
        return thought satisfies never;
    }
  }

  #reflection(reflection: Reflection): void {
    const { critique, scores, verdict } = reflection;
    if (!this.#streamed) this.#stream(critique);
    const parts = [
      `as asked ${score(scores.editSuccess)}`,
      `rest kept ${score(scores.overEdit)}`,
      `natural ${score(scores.naturalness)}`,
      `clean ${score(scores.artifacts)}`,
    ];
    const overall = `${Math.round(overallScore(scores))} of 100`;
    this.#item('scores', `${parts.join(' · ')} → ${overall}`);
    this.#item('verdict', VERDICTS[verdict].text, VERDICTS[verdict].style);
    if (verdict !== 'success' && reflection.nextInstruction !== undefined) {
      this.#instruction('next', reflection.nextInstruction);
    }
  }

  #progress(progress: Progress): void {
    this.#terminal.draw(`  ${progressLine(progress)}`);
    const tenth = Math.floor(percent(progress) / 10);
    if (!this.#terminal.isLive && tenth > this.#tenth) {
      this.#line(`  step ${progress.step} of ${progress.steps} (${percent(progress)} %)`);
    }
    this.#tenth = tenth;
  }

  #stream(text: string): void {
    if (text) this.#streamed = true;
    this.#terminal.flow(printable(text), 'gray');
  }

  #heading(text: string): void {
    this.#streamed = false;
    this.#line();
    this.#line(this.#terminal.style('bold', text));
  }

  #instruction(label: string, instruction: string): void {
    this.#announced = instruction;
    this.#item(label, instruction);
  }

  #item(label: string, text: string, style?: Style): void {
    this.#terminal.item(label, printable(text), style);
  }

  readonly #style = (style: Style, text: string): string => this.#terminal.style(style, text);

  #line(text?: string): void {
    this.#terminal.line(text);
  }
}

function usageInWords({ calls, inputTokens, outputTokens, sentBytes, cost }: Usage): string {
  const megabytes = (sentBytes / 1e6).toFixed(1);
  const price = cost === undefined ? '' : `, cost ${cost.toFixed(4)}`;
  return `${calls} calls, ${inputTokens} tokens in, ${outputTokens} out, ${megabytes} MB sent${price}`;
}

const score = (value: number): string => String(Math.round(value * 10) / 10);
