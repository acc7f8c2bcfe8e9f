import { AppError } from '../../errors.ts';
import type { Turn, TurnEnd } from '../records.ts';
import type { EndedTurn, Findings } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { pushHead, type HeadOwner } from './heads.ts';
import type { Outcome } from './json.ts';
import { lockTurn, writeRound, writeThought } from './progress.ts';
import { releaseNext } from './release.ts';
import { imageOf } from './turn-images.ts';
import { findTurn } from './turn-rows.ts';

/** Ends a turn and releases the next; see `Turns.endTurn`. */
export function endTurn(
  { database, now }: StoreContext,
  id: string,
  end: TurnEnd,
  { thought, rounds = [] }: Findings = {},
): Promise<EndedTurn | undefined> {
  return database.write(async (sql) => {
    const time = now();
    const locked = await lockTurn(sql, id, time);
    if (!locked) return undefined;
    const { conversation } = locked;
    const changed = locked.turn.ended_at === null;
    let released: Turn | undefined;
    if (changed) {
      if (thought) await writeThought(sql, id, thought);
      for (const round of rounds) await writeRound(sql, locked.turn, round, time);
      await sql
        .updateTable('turns')
        .set({
          state: end.state,
          code: 'code' in end ? end.code : null,
          outcome: JSON.stringify(outcomeOf(end)),
          ended_at: time,
        })
        .where('id', '=', id)
        .execute();
      if ('best' in end && end.best) await showRound(sql, conversation, id, end.best.round);
      released = await releaseNext(sql, conversation.id, time);
    }
    const turn = await findTurn(sql, id);
    return turn && { changed, turn, ...(released && { released }) };
  });
}

function outcomeOf(end: TurnEnd): Outcome {
  return {
    ...('best' in end && end.best && { best: end.best }),
    ...('stopReason' in end && end.stopReason && { stopReason: end.stopReason }),
  };
}

async function showRound(sql: Sql, owner: HeadOwner, turnId: string, round: number): Promise<void> {
  if (!(await imageOf(sql, turnId, 'round', round))) {
    throw new AppError('INTERNAL', 'Something went wrong inside; please try again.', {
      cause: new RangeError(`Turn ${turnId} has no round ${round}.`),
    });
  }
  await pushHead(sql, owner, { turnId, round });
}
