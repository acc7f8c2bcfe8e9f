import { AppError } from '../errors.ts';
import { fileExtension } from '../image/formats.ts';
import type { EncodedImage, ImageFormat } from '../image/types.ts';
import { untilAborted } from '../image/until-aborted.ts';
import { reasonEdit } from '../pipeline/loop.ts';
import type { Call, EditRequest, EditResult, Engine, Thought } from '../pipeline/types.ts';
import type { Folder } from './folder.ts';
import { editRecord, RECORD_FILE, roundFile, type EditRecord, type Stopwatch } from './record.ts';
import type { TakenImages } from './start.ts';
import type { View } from './view.ts';

export interface Session {
  /** The path that the picture was read from. */
  readonly file: string;
  /** The paths that further pictures were read from. */
  readonly references: readonly string[];
  readonly prompt: string;
  readonly seed: number;
  readonly maxRounds: number;
  readonly deadlineAt: number;
  readonly engineName: string;
  readonly startEngine: () => Promise<Engine>;
  /** The picture first, then the others in the order of `references`; and the mask. */
  readonly takePictures: () => Promise<TakenImages>;
  readonly openFolder: () => Promise<Folder>;
  readonly view: View;
  readonly stopwatch: Stopwatch;
}

/**
 * Runs one edit from a picture to a folder of results, and shows it. The engine is disposed of,
 * however this ends.
 */
export async function runSession(session: Session, call: Call): Promise<EditRecord> {
  const { view } = session;
  let folder: Folder | undefined;
  let engine: Engine | undefined;
  const starting = session.startEngine();
  const taking = session.takePictures();
  // Either may fail while the other is still waited for.
  starting.catch(() => {});
  taking.catch(() => {});
  try {
    const { pictures: taken, mask } = await untilAborted(taking, call.signal);
    const [picture, ...others] = taken;
    folder = await session.openFolder();
    view.start({
      picture: picture.image,
      file: session.file,
      references: others.map(({ image }, index) => ({
        picture: image,
        file: session.references[index] ?? '',
      })),
      folder: folder.path,
      engine: session.engineName,
      prompt: session.prompt,
      seed: session.seed,
      notes: [picture, ...others].flatMap(({ notes }) => notes),
    });
    engine = await untilAborted(starting, call.signal);
    checkCount(1 + others.length, engine);
    const references = others.map(({ image }) => image);
    const pictures = { image: picture.image, references, ...(mask && { mask }) };
    const result = await play(engine, session, pictures, folder, call);
    const record = await keep(result, session, picture.originalFormat, folder);
    view.result(record);
    return record;
  } finally {
    view.close();
    await folder?.discardIfEmpty();
    // An engine that is still starting is not waited for: at the latest it ends with this process.
    if (engine) await engine[Symbol.asyncDispose]();
    else starting.then((late) => late[Symbol.asyncDispose]()).catch(() => {});
  }
}

function checkCount(count: number, { name, capabilities }: Engine): void {
  const { maxImages } = capabilities;
  if (count <= maxImages) return;
  const most = maxImages === 1 ? 'one picture' : `up to ${maxImages} pictures`;
  throw new AppError('BAD_USAGE', `The engine ${name} takes ${most}, and not ${count}.`);
}

interface Pictures {
  readonly image: EncodedImage;
  readonly references: readonly EncodedImage[];
  readonly mask?: EncodedImage;
}

async function play(
  engine: Engine,
  { prompt, maxRounds, seed, deadlineAt, view, stopwatch }: Session,
  { image, references, mask }: Pictures,
  folder: Folder,
  call: Call,
): Promise<EditResult> {
  const request: EditRequest = {
    prompt,
    source: image,
    latest: image,
    references,
    ...(mask && { mask }),
    history: [],
    maxRounds,
    seed,
    deadlineAt,
  };
  const turn = reasonEdit(engine, request, call);
  try {
    for (;;) {
      const next = await turn.next();
      if (next.done) return next.value;
      const event = next.value;
      stopwatch.hear(event);
      if (event.type === 'editing-end') {
        await folder.write(roundFile(event.round, event.image.format), event.image.bytes);
      }
      view.event(event);
    }
  } finally {
    await turn.return({ rounds: [], stopReason: 'stopped' });
  }
}

/** Writes the answer in the format of the source unless another was asked for, then the record: whoever sees it sees all. */
async function keep(
  result: EditResult,
  { prompt, seed, engineName, stopwatch }: Session,
  originalFormat: ImageFormat,
  folder: Folder,
): Promise<EditRecord> {
  const answer = result.rounds.find(({ round }) => round === result.best?.round);
  let final: string | undefined;
  if (answer) {
    const { bytes, format } = await answerFile(result.thought, answer.image, originalFormat);
    final = `final.${fileExtension(format)}`;
    await folder.write(final, bytes);
  }
  const asked = { prompt, seed, engine: engineName };
  const record = editRecord(result, asked, stopwatch.read(), final);
  await folder.write(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

async function answerFile(
  thought: Thought | undefined,
  image: EncodedImage,
  originalFormat: ImageFormat,
): Promise<EncodedImage> {
  if (thought?.kind === 'plan' && thought.format === image.format) return image;
  const { encodeResult } = await import('../image/result.ts');
  // Also who stopped the turn gets the answer, so that this hears no signal.
  const unbroken = new AbortController();
  return encodeResult(image, originalFormat, unbroken);
}
