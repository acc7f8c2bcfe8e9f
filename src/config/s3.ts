import { z } from 'zod';

import { SECRET, text } from './kinds.ts';

/** A bucket for the pictures, on any service that speaks S3. */
export const S3Settings = z
  .object({
    S3_BUCKET: text.optional(),
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    S3_REGION: text.default('us-east-1'),
    S3_ACCESS_KEY_ID: text.optional(),
    S3_SECRET_ACCESS_KEY: text.optional().meta(SECRET),
  })
  .refine(({ S3_BUCKET, S3_ENDPOINT }) => S3_BUCKET !== undefined || S3_ENDPOINT === undefined, {
    path: ['S3_BUCKET'],
    error: 'S3_ENDPOINT needs the name of a bucket beside it',
  })
  .refine(
    ({ S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret }) =>
      (id === undefined) === (secret === undefined),
    {
      path: ['S3_SECRET_ACCESS_KEY'],
      error: 'it and S3_ACCESS_KEY_ID come together or not at all',
    },
  );

export type S3Settings = z.infer<typeof S3Settings>;
