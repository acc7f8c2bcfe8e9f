import type { StoreContext } from '../context.ts';

/** What every part of the local chat's store works with. */
export type WebChatContext = Pick<StoreContext, 'database' | 'now'>;
