import { createRequire } from 'node:module';

import type * as OpenCv from '@techstark/opencv-js';

import { AppError } from '../../../../errors.ts';

export type Cv = typeof OpenCv;
export type Mat = OpenCv.Mat;

/** Takes charge of something on OpenCV's heap: it is freed when the work is over. */
export type Own = <Owned extends { delete(): void }>(owned: Owned) => Owned;

/** Boxed, because OpenCV's module has a `then` of its own, which a promise would call for ever. */
let loading: Promise<{ readonly cv: Cv }> | undefined;

/**
 * Runs work with OpenCV (WebAssembly, about 60 MB), which is loaded at the first call of the process
 * and kept. What the work gives to `own` is freed at its end, in reverse order, also when it throws.
 * OpenCV's own exceptions become `INTERNAL`.
 */
export async function withOpenCv<Result>(work: (cv: Cv, own: Own) => Result): Promise<Result> {
  loading ??= load();
  const { cv } = await loading;
  const owned: { delete(): void }[] = [];
  try {
    return work(cv, (thing) => {
      owned.push(thing);
      return thing;
    });
  } catch (error) {
    throw typeof error === 'number' ? fromOpenCv(cv, error) : error;
  } finally {
    for (const thing of owned.toReversed()) thing.delete();
  }
}

function load(): Promise<{ readonly cv: Cv }> {
  const cv = requireQuietly() as Cv & { onRuntimeInitialized?: () => void };
  return new Promise((resolve) => {
    if (Reflect.has(cv, 'Mat')) resolve({ cv });
    else cv.onRuntimeInitialized = () => resolve({ cv });
  });
}

/** Its start-up code would handle the whole process's stray errors; those are none of its business. */
function requireQuietly(): unknown {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  const loaded: unknown = createRequire(import.meta.url)('@techstark/opencv-js');
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.removeListener(event, listener as () => void);
    }
  }
  return loaded;
}

/** OpenCV throws the address of a C++ exception. */
function fromOpenCv(cv: Cv, address: number): AppError {
  const { msg } = cv.exceptionFromPtr(address) as { msg: string };
  return new AppError('INTERNAL', 'The picture could not be analysed.', { cause: new Error(msg) });
}
