import { readdirSync, readFileSync } from 'node:fs';

import { z } from 'zod';

const FOLDER = new URL('../fixtures/requests/', import.meta.url);

const Requests = z.array(
  z.strictObject({
    request: z.string(),
    /** Operations in the order in which they are read, with ` @ region` where it is not the whole. */
    operations: z.array(z.string()).optional(),
    /** Names of looks in place of operations, for what a look is made of is its own affair. */
    looks: z.array(z.string()).optional(),
    /** Other words for the same, which are to be read in the same way. */
    paraphrases: z.array(z.string()).optional(),
  }),
);

export interface ExpectedReading {
  readonly request: string;
  readonly operations: readonly string[];
  readonly looks: readonly string[];
  /** Whether it says in other words what another request says. */
  readonly paraphrase: boolean;
}

/** All requests with what they are to be read as, one file of them for each operation. */
export const EXPECTED_READINGS: readonly ExpectedReading[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => Requests.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))))
  .flatMap(({ request, operations = [], looks = [], paraphrases = [] }) => [
    { request, operations, looks, paraphrase: false },
    ...paraphrases.map((other) => ({ request: other, operations, looks, paraphrase: true })),
  ]);
