import { z } from 'zod';

// The kinds of values that several settings take.

export const text = z.string().min(1);

export const positive = z.coerce.number().positive();

/** A whole number from `min` to `max`. */
export const whole = (min: number, max?: number) => {
  const number = z.coerce.number().int().min(min);
  return max === undefined ? number : number.max(max);
};

/** 0 is any port that is free. */
export const port = whole(0, 65_535);

/** A list, parted by commas. */
export const names = z.string().transform((list) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

/** The base URL of a server; what else is in it would be lost or, as a password, be shown. */
export const baseUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^@?#]*$/, 'it is to hold an address and a path alone');

// What can't be in a header would come back in an error, key and all.
export const headerText = z
  .string()
  .trim()
  .regex(/^[!-~]+$/, 'it is to hold neither spaces nor signs beyond ASCII');

/** Marks a setting that nobody may see: `.meta(SECRET)`, as the last word on it. */
export const SECRET = { secret: true } as const;

/** Whether a setting is marked so. */
export const isSecret = (setting: z.ZodType): boolean => setting.meta()?.['secret'] === true;
