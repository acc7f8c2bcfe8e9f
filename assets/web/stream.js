import { isOpen } from './api.js';

const RETRY_MS = 2_000;

/**
 * Follows the chat: all threads, and the messages of one. The browser comes back by itself with the
 * id of the last event; after an answer that ends it for good it is begun again from the start, which
 * gives the same.
 * @param listener `onBegin` (all is told anew), `onChanges`, `onReady`, `onLine(isConnected)`, `onClosed`
 *   (a token is needed)
 * @return Ends it.
 */
export function follow(thread, listener) {
  let source;
  let timer;
  let isOver = false;
  const begin = () => {
    listener.onBegin();
    source = new EventSource(thread ? `/api/events?thread=${thread}` : '/api/events');
    source.addEventListener('open', () => listener.onLine(true));
    source.addEventListener('changes', ({ data }) => listener.onChanges(JSON.parse(data)));
    source.addEventListener('ready', () => listener.onReady());
    source.addEventListener('reset', () => listener.onBegin());
    source.addEventListener('error', () => {
      listener.onLine(false);
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(() => void resume(), RETRY_MS);
      }
    });
  };
  const resume = async () => {
    const mayRead = await isOpen().catch(() => true);
    if (isOver) return;
    if (mayRead) begin();
    else listener.onClosed();
  };
  begin();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source.close();
  };
}
