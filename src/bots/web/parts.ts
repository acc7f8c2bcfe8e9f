import type { Settings } from '../../config/index.ts';
import type { WebSettings } from '../../config/web.ts';
import type { AppError } from '../../errors.ts';
import type { Clock } from '../../queue/clock.ts';
import type { ImageStore } from '../../store/types.ts';
import type { WebChat } from '../../store/web-chat.ts';

/** What the local chat is made of. It owns none of them. */
export interface WebParts {
  readonly chat: WebChat;
  readonly images: Pick<ImageStore, 'get'>;
  readonly settings: WebSettings & Pick<Settings, 'DATA_DIR' | 'MAX_IMAGE_MEGABYTES'>;
  /** Default: this machine's clock. */
  readonly clock?: Clock;
  /** Told what went wrong behind an answer that gives no details. */
  readonly onFault?: (error: AppError) => void;
}
