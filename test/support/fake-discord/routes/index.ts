import { applicationRoutes } from './application.ts';
import { attachmentRoutes } from './attachments.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import type { Route } from './route.ts';

/** All that the platform is asked for here; the first that matches answers. */
export const ROUTES: readonly Route[] = [
  ...interactionRoutes,
  ...messageRoutes,
  ...channelRoutes,
  ...commandRoutes,
  ...applicationRoutes,
  ...attachmentRoutes,
];
