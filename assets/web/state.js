import { follow } from './stream.js';
import { itemsOf } from './thread-model.js';
import { resultsOf } from './results-model.js';

/**
 * What the page knows: all threads, and the messages of the one that is open. Views are told when it
 * changes, at most once a frame.
 */
export function makeState() {
  const listeners = new Set();
  const threads = new Map();
  let messages = new Map();
  let open = { thread: undefined, isReady: false, isGone: false };
  /** What was told since all is told anew; what was not is gone, once that is through. */
  let told;
  let isConnected = true;
  let needsToken = false;
  let unfollow = () => {};
  let isDue = false;

  const tell = () => {
    if (isDue) return;
    isDue = true;
    // Not by requestAnimationFrame, which a page in the background does not get.
    setTimeout(() => {
      isDue = false;
      const seen = snapshot();
      for (const listener of listeners) listener(seen);
    }, 16);
  };

  const snapshot = () => {
    const inOrder = [...messages.values()].toSorted((one, other) => one.position - other.position);
    const items = itemsOf(inOrder);
    return {
      threads: [...threads.values()].toSorted((one, other) => other.updatedAt - one.updatedAt),
      ...open,
      title: threads.get(open.thread)?.title ?? '',
      items,
      results: resultsOf(items),
      isConnected,
      needsToken,
    };
  };

  const take = (changes) => {
    for (const { id } of [...changes.threads, ...changes.messages]) told?.add(id);
    for (const thread of changes.threads) {
      if (thread.isDeleted) threads.delete(thread.id);
      else threads.set(thread.id, thread);
      if (thread.id === open.thread) open = { ...open, isGone: thread.isDeleted };
    }
    for (const message of changes.messages) {
      if (message.isDeleted) messages.delete(message.id);
      else messages.set(message.id, message);
    }
  };

  const forgetUntold = () => {
    if (!told) return;
    for (const known of [threads, messages]) {
      for (const id of known.keys()) if (!told.has(id)) known.delete(id);
    }
    told = undefined;
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
    },
    /** Follows another thread; without one, only the list of threads. */
    show(thread) {
      unfollow();
      needsToken = false;
      messages = new Map();
      open = { thread, isReady: false, isGone: false };
      tell();
      unfollow = follow(thread, {
        onBegin() {
          told = new Set();
        },
        onChanges(changes) {
          take(changes);
          tell();
        },
        onReady() {
          forgetUntold();
          const isGone = thread !== undefined && !threads.has(thread);
          open = { ...open, isReady: true, isGone };
          tell();
        },
        onLine(isOn) {
          isConnected = isOn;
          tell();
        },
        onClosed() {
          needsToken = true;
          tell();
        },
      });
    },
  };
}
