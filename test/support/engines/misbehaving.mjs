/* oxlint-disable require-yield -- what goes wrong may go wrong before the first step */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { AppError } from '../../../dist/errors.js';

/** An engine that does what its prompt or instruction names; how it starts and ends are options. */
export async function createEngine({ name, options }) {
  const again = options.pidFile !== undefined && existsSync(options.pidFile);
  if (options.pidFile) writeFileSync(options.pidFile, String(process.pid));
  await STARTS[(again ? options.secondStart : options.start) ?? 'well']();
  return {
    name,
    capabilities: { seeded: true, previews: true, maxImages: 3, masks: false },
    reasoner: {
      think: (input, call) => watched(THINKS, input.prompt, input, call),
      reflect: (input, call) => watched(REFLECTS, input.prompt, input, call),
    },
    editor: { edit: (input, call) => watched(EDITS, input.instruction, input, call) },
    async [Symbol.asyncDispose]() {
      if (options.disposal === 'hang') await forever();
      if (options.disposedFile) writeFileSync(options.disposedFile, String(process.pid));
    },
  };
}

/** What this process has seen so far. */
const seen = { open: 0, mostOpen: 0, closed: 0, reasons: [], image: undefined };

async function* watched(behaviours, behaviour, input, call) {
  const run = behaviours[behaviour];
  if (!run) throw new AppError('BAD_USAGE', `No behaviour is called "${behaviour}".`);
  const note = () => seen.reasons.push(`${call.signal.reason?.name} ${call.signal.reason?.code}`);
  call.signal.addEventListener('abort', note);
  seen.open += 1;
  seen.mostOpen = Math.max(seen.mostOpen, seen.open);
  try {
    return yield* run(input, call);
  } finally {
    call.signal.removeEventListener('abort', note);
    seen.open -= 1;
    seen.closed += 1;
  }
}

const STARTS = {
  well: () => {},
  typed: () => {
    throw new AppError('BAD_SETTINGS', 'The setting model is wrong.', { cause: 'no such file' });
  },
  foreign: () => {
    throw new TypeError('secret is not a function');
  },
  exit: () => process.exit(7),
  hang: () => forever(),
  block: () => block(),
  greedy: () => eatMemory(),
};

const THINKS = {
  async *answer() {
    yield 'pid ';
    yield String(process.pid);
    return { kind: 'question', text: String(process.pid) };
  },
  async *seen() {
    const { open, mostOpen, closed, reasons } = seen;
    // This call itself is open.
    return report({ open: open - 1, mostOpen, closed, reasons });
  },
  async *environment() {
    return report(process.env);
  },
  async *slowly() {
    for (const word of ['one', 'two', 'three']) {
      await sleep(5);
      yield word;
    }
    return { kind: 'question', text: 'done' };
  },
  async *'wait for the signal'(_input, { signal }) {
    yield String(process.pid);
    await aborted(signal);
    throw signal.reason;
  },
  async *'wait in silence'(_input, { signal }) {
    await aborted(signal);
    throw signal.reason;
  },
  async *'answer a cancel'(_input, { signal }) {
    yield String(process.pid);
    await aborted(signal);
    return { kind: 'question', text: 'too late' };
  },
  async *'fail at a cancel'(_input, { signal }) {
    yield String(process.pid);
    await aborted(signal);
    throw new Error('broken while cleaning up');
  },
  async *'never wait'() {
    for (;;) yield 'again';
  },
  async *'ignore the signal'() {
    yield String(process.pid);
    await forever();
  },
  async *block() {
    yield String(process.pid);
    await sleep(1);
    block();
  },
  async *'block when done'() {
    // After the answer is sent, before anything else is heard.
    setImmediate(block);
    return { kind: 'question', text: String(process.pid) };
  },
  async *'throw typed'() {
    yield 'about to';
    throw new AppError('NOT_UNDERSTOOD', 'The server is busy.', {
      retryable: true,
      cause: new Error('status 503'),
    });
  },
  async *'throw foreign'() {
    throw new TypeError('secret is not a function');
  },
  async *'throw text'() {
    throw 'a mere text';
  },
  async *exit() {
    yield 'about to';
    process.exit(7);
  },
  async *'reject unheard'() {
    yield 'about to';
    void Promise.reject(new Error('nobody hears this, and that is what is tested'));
    await forever();
  },
  async *greedy() {
    yield 'about to';
    await eatMemory();
  },
  async *'yield a function'() {
    yield () => {};
  },
};

const REFLECTS = {
  async *answer(input) {
    yield input.edited === seen.image ? 'held' : 'not held';
    return {
      verdict: 'success',
      critique: 'as asked',
      scores: { editSuccess: 9, overEdit: 9, naturalness: 9, artifacts: 9 },
    };
  },
};

const EDITS = {
  async *invert({ image }) {
    yield { step: 1, steps: 2, preview: image };
    yield { step: 2, steps: 2 };
    seen.image = { ...image, bytes: image.bytes.map((byte) => 255 - byte) };
    return seen.image;
  },
  async *'give back'({ image }) {
    yield { step: 1, steps: 1 };
    return image;
  },
  async *'wait for the signal'(_input, { signal }) {
    yield { step: 1, steps: 2 };
    await aborted(signal);
    throw signal.reason;
  },
  async *'finish at a cancel'({ image }, { signal }) {
    yield { step: 1, steps: 2 };
    await aborted(signal);
    return { ...image, bytes: image.bytes.map((byte) => 255 - byte) };
  },
  async *'return a function'({ image }) {
    return { copy: { ...image }, notData: () => {} };
  },
};

const report = (data) => ({ kind: 'question', text: JSON.stringify(data) });

/** Unlike a promise alone, a timer keeps the process from ending by itself. */
async function forever() {
  await sleep(2 ** 30);
}

function block() {
  for (;;);
}

async function eatMemory() {
  const eaten = [];
  for (;;) {
    eaten.push(Buffer.alloc(16 * 2 ** 20, 1));
    await sleep(5);
  }
}

async function aborted(signal) {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
