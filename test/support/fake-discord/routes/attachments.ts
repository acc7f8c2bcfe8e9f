import { z } from 'zod';

import { invalidForm } from '../api-error.ts';
import { signed } from '../files.ts';
import type { Route } from './route.ts';

const MOST = 50;

const Expired = z.strictObject({ attachment_urls: z.array(z.url()).min(1).max(MOST) });

export const attachmentRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/attachments/refresh-urls',
    needs: 'token',
    answer: (world, { body }) => {
      const parsed = Expired.safeParse(body);
      if (!parsed.success) throw invalidForm('attachment_urls', 'BASE_TYPE_BAD_LENGTH', 'required');
      const links = parsed.data.attachment_urls.map((original) => {
        const { pathname } = new URL(original);
        // Links are signed; whether the file is still there is found out by whoever follows one.
        return { original, refreshed: signed(world, `${world.cdnUrl}${pathname}`) };
      });
      return { refreshed_urls: links };
    },
  },
];
