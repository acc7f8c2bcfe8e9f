import { AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { NoteMessage } from '../messages.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { fitted } from '../fit.ts';
import { sentencesFor } from '../sentences.ts';
import type { ChatAdapter, Destination } from '../types.ts';
import type { Tools } from './parts.ts';
import { patiently } from './patience.ts';
import { fileLimits, paintingOf } from './picture-files.ts';
import { isCertainlyUnposted, postOnce } from './post-once.ts';

/** Something to say in a conversation that belongs to no card. */
export interface Note {
  readonly conversationId: string;
  /** Names what is said, unique in the conversation, such as `answer:<key of the message>`. */
  readonly slot: string;
  /** So that it is taken away when the turn is forgotten. */
  readonly turnId?: string;
  readonly destination: Destination;
  readonly message: NoteMessage;
  /** It may have been said before, as after a restart. */
  readonly isRepeat: boolean;
}

/** Says something once, as soon as the platform lets it; see `Delivery.note`. */
export async function postNote(
  tools: Tools & { readonly adapterFor: (platform: string) => ChatAdapter | undefined },
  { isRepeat, message: whole, ...note }: Note,
  call: Call,
): Promise<string | undefined> {
  const { platform } = note.destination.place;
  const adapter = tools.adapterFor(platform);
  if (!adapter) throw new AppError('INTERNAL', `There is no way to ${platform} here.`);
  const message = fitted(whole, adapter.capabilities);
  const sentences = sentencesFor(note.destination.context['locale']);
  let isUncertain = isRepeat;
  const attempt = async () => {
    try {
      return await postOnce(
        tools,
        adapter,
        {
          ...note,
          fingerprint: fingerprintOf(message),
          paint: () =>
            paintingOf(
              message,
              tools.images,
              fileLimits(adapter, note.destination),
              sentences,
              call,
            ),
          isUncertain,
        },
        call,
      );
    } catch (error) {
      isUncertain ||= !isCertainlyUnposted(error);
      throw error;
    }
  };
  const onFault = (error: AppError) => tools.onFault({ slot: note.slot, error });
  const post = await patiently(attempt, { ...tools, onFault }, call);
  return post?.messageId;
}
