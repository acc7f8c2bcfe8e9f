import { z } from 'zod';

const Server = z.strictObject({
  /** Base URL, as `http://127.0.0.1:8000/v1`. */
  url: z.string(),
  apiKey: z.string().optional(),
  /** The server's first model when absent. */
  model: z.string().optional(),
  /** How long one answer may take, waits and repeats included. */
  timeoutMs: z.number().positive(),
  /** Fields that go into each request as they are. */
  extra: z.record(z.string(), z.unknown()).default({}),
});

export type ServerOptions = z.infer<typeof Server>;

/** What things cost, in whatever currency: a million tokens in, a million out, a picture. */
const Price = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  image: z.number().nonnegative(),
});

export type Price = z.infer<typeof Price>;

export const Options = z.strictObject({
  reasoner: Server.optional(),
  editor: Server.extend({
    /** What a picture is scaled down to before it is sent; 1 is 1024 × 1024 pixels. */
    megapixels: z.number().positive(),
    /** How many unfinished pictures to ask for, 0 to 3. */
    previews: z.int().min(0).max(3),
  }).optional(),
  /** By the names of the models. */
  prices: z.record(z.string(), Price).default({}),
  /** A folder with prompts in place of our own. */
  prompts: z.string().optional(),
});

export type Options = z.infer<typeof Options>;
export type EditorOptions = NonNullable<Options['editor']>;
