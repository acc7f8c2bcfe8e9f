import { readFile } from 'node:fs/promises';

const DEPLOY = new URL('../../deploy/', import.meta.url);

/** A file of `deploy/`, as text. */
export const deployFile = (name: string): Promise<string> =>
  readFile(new URL(name, DEPLOY), 'utf8');

/** Settings by their names, in `NAME=value` lists of one line each, as units and images have them. */
export function assignmentsIn(text: string, keyword: RegExp): Map<string, string> {
  const lines = text.split('\n').filter((line) => keyword.test(line));
  const pairs = lines.flatMap((line) => line.replace(keyword, '').trim().split(/\s+/));
  return new Map(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name, value];
    }),
  );
}
