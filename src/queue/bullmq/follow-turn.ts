import { untilAborted } from '../../image/until-aborted.ts';
import type { Call } from '../../pipeline/types.ts';
import { shuttingDown, updatesGone } from '../failures.ts';
import type { EditUpdate } from '../update.ts';
import { factsKnownAt } from './log-entry.ts';
import type { NewsFeed } from './news-feed.ts';
import type { TurnHome } from './script.ts';
import { readNews, type Known } from './turns.ts';

/** See `EditQueue.updates`. */
export async function* followTurn(
  home: TurnHome,
  feed: NewsFeed,
  turnId: string,
  after: string | undefined,
  { signal }: Call,
): AsyncGenerator<EditUpdate, void> {
  const follower = feed.follow(turnId);
  const unlessClosed = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await untilAborted(work, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw feed.isClosed ? shuttingDown() : error;
    }
  };
  try {
    await unlessClosed(follower.ready);
    let known: Known = factsKnownAt(after);
    let shown: number | undefined;
    for (;;) {
      signal.throwIfAborted();
      const change = follower.next();
      const wasClosed = feed.isClosed;
      const news = await unlessClosed(readNews(home, turnId, known));
      if (!news) throw updatesGone();
      const { facts, live, hasEnded } = news;
      known = news.known;
      yield* facts;
      if (hasEnded) return;
      // A fact may have overtaken it while those before it were being read.
      if (live && live.number !== shown && change === follower.next()) {
        shown = live.number;
        yield live.update;
      }
      if (wasClosed) throw shuttingDown();
      await untilAborted(change, signal);
    }
  } finally {
    follower.close();
  }
}
