import type { EncodedImage } from '../image/types.ts';
import type { EditEvent } from '../pipeline/types.ts';
import { roundFile } from './record.ts';
import type { Output } from './terminal.ts';
import { jsonLine } from './text.ts';
import type { View } from './view.ts';

/**
 * One event a line: `start`, the events of the turn, and `result` with the content of `edit.json`.
 * Pictures are described, never contained; their files lie in the folder that `start` names.
 */
export function createJsonView(output: Output): View {
  const put = (line: { type: string } & Record<string, unknown>) => output.write(jsonLine(line));
  return {
    start: ({ picture, file, references, ...rest }) =>
      put({
        type: 'start',
        ...rest,
        image: describe(picture, file),
        references: references.map((other) => describe(other.picture, other.file)),
      }),
    event: (event) => put(plain(event)),
    result: (record) => put({ type: 'result', ...record }),
    close: () => {},
  };
}

function plain(event: EditEvent): { type: string } & Record<string, unknown> {
  if (event.type === 'editing-end') {
    return { ...event, image: describe(event.image, roundFile(event.round, event.image.format)) };
  }
  if (event.type === 'editing-step') {
    const { type, round, step, steps } = event;
    return { type, round, step, steps };
  }
  return event;
}

const describe = ({ width, height, format }: EncodedImage, file: string) => ({
  file,
  width,
  height,
  format,
});
