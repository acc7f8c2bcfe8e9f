import type { App, Receiver, ReceiverEvent } from '@slack/bolt';

/**
 * Keeps what a payload tells for good.
 * @param retries How often Slack has sent it before.
 */
export type Keep = (body: ReceiverEvent['body'], retries: number) => Promise<void>;

/**
 * A receiver whose acknowledgements are promises kept: what came in is kept before Slack is told that it
 * arrived. Bolt acknowledges events before any listener of the app hears of them, so that it has to be done
 * here. What can't be kept is not acknowledged, and Slack sends it again.
 */
export function durable(inner: Receiver, keep: Keep): Receiver {
  return {
    init: (app) => {
      const processEvent: App['processEvent'] = (event) =>
        app.processEvent({
          ...event,
          ack: async (response) => {
            await keep(event.body, event.retryNum ?? 0);
            await event.ack(response);
          },
        });
      inner.init({ processEvent } as App);
    },
    start: () => inner.start(),
    stop: () => inner.stop(),
  };
}
