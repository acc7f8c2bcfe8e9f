import type { Redis } from 'ioredis';

import type { TurnHome } from './script.ts';
import type { TurnControl } from './turn-control.ts';

/**
 * Tells runs soon that their turn was cancelled. That it was is written down with the turn: it is looked
 * up for one turn when somebody says so, and for all when that may have been missed.
 * @param subscriber Stays the caller's.
 * @param controls The runs there are, at any time.
 */
export function hearCancels(
  home: TurnHome,
  subscriber: Redis,
  controls: ReadonlySet<TurnControl>,
): void {
  const look = async (control: TurnControl): Promise<void> => {
    const { turnId } = control.turn;
    const reason = await home.redis.hget(home.keys.turn(turnId), 'cancel');
    control.stop(reason ?? undefined);
  };
  const lookAt = (isMeant: (turnId: string) => boolean): void => {
    for (const control of controls) {
      // Redis that is gone for good ends the worker, and with it the run.
      if (isMeant(control.turn.turnId)) look(control).catch(() => {});
    }
  };
  subscriber.on('message', (_channel, turnId) => lookAt((other) => other === turnId));
  subscriber.on('ready', () => {
    // Where the connection is lost again, the next one does it.
    subscriber.subscribe(home.keys.cancels).then(
      () => lookAt(() => true),
      () => {},
    );
  });
}
