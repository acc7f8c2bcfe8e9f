/**
 * The shape that a picture is to get, where a request asks for another one than it has. It stands at the
 * end of the instruction, which alone goes from thinking to editing and judging.
 */
export interface Canvas {
  readonly width: number;
  readonly height: number;
}

const MARK = /\s*\(canvas (\d{1,2}(?:\.\d{1,2})?):(\d{1,2}(?:\.\d{1,2})?)\)\s*$/;
const RATIO = /^\s*(\d{1,2}(?:\.\d{1,2})?)\s*[:x×/]\s*(\d{1,2}(?:\.\d{1,2})?)\s*$/;

/** A ratio in words, such as “16:9”; undefined for anything else and for what is no picture's shape. */
export function parseCanvas(text: string): Canvas | undefined {
  return sane(RATIO.exec(text));
}

export function withCanvas(instruction: string, canvas: Canvas | undefined): string {
  return canvas ? `${instruction} (canvas ${canvas.width}:${canvas.height})` : instruction;
}

/** The words of an instruction, and the shape that it asks for. */
export function readCanvas(instruction: string): { words: string; canvas?: Canvas } {
  const canvas = sane(MARK.exec(instruction));
  return canvas ? { words: instruction.replace(MARK, ''), canvas } : { words: instruction };
}

function sane(match: RegExpExecArray | null): Canvas | undefined {
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  const ratio = width / height;
  return ratio >= 1 / 4 && ratio <= 4 ? { width, height } : undefined;
}
