import type { Settings } from '../../config/index.ts';
import type { AppError } from '../../errors.ts';
import type { Clock } from '../../queue/clock.ts';
import type { ConversationStore } from '../../store/types.ts';

export type DiscordSettings = Pick<
  Settings,
  'DISCORD_API_URL' | 'DISCORD_CDN_URL' | 'DISCORD_SHARDS' | 'ENGINE' | 'ENGINES'
> & { readonly DISCORD_TOKEN: string };

/** What the way to Discord is made of. It owns none of them. */
export interface DiscordParts {
  readonly settings: DiscordSettings;
  /** Where conversations take place, to look for what was missed there. */
  readonly store: Pick<ConversationStore, 'recentPlaces'>;
  /** Default: this machine's clock. */
  readonly clock?: Clock;
  /** Told what went wrong outside of any call. */
  readonly onFault?: (error: AppError) => void;
}
