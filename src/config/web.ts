import { z } from 'zod';

import { port, SECRET, text } from './kinds.ts';

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** The chat in the browser. */
export const WebSettings = z
  .object({
    WEB_HOST: text.default('127.0.0.1'),
    WEB_PORT: port.default(8_787),
    WEB_TOKEN: z.string().min(16).optional().meta(SECRET),
  })
  .refine(({ WEB_HOST, WEB_TOKEN }) => WEB_TOKEN !== undefined || LOOPBACK.test(WEB_HOST), {
    path: ['WEB_TOKEN'],
    error: 'others can reach this WEB_HOST, so that a token is needed',
  });

export type WebSettings = z.infer<typeof WebSettings>;
