import type { Thought } from '../../pipeline/types.ts';
import type { Limit, NewTurn, Turn } from '../records.ts';
import type { AddedTurn } from '../types.ts';
import { writeAudit } from './audit.ts';
import { dayOf, type StoreContext } from './context.ts';
import { lockConversation } from './conversations.ts';
import type { Sql } from './database.ts';
import { randomId } from './ids.ts';
import { isSettled, settle } from './inbox.ts';
import { requirePicture } from './move-head.ts';
import { releaseNext, useBase } from './release.ts';
import type { ConversationsTable } from './schema.ts';
import { useImage } from './turn-images.ts';
import { assemble, findTurn } from './turn-rows.ts';
import { countInWorkspace, countUsage, lockUsage, usageOf } from './usage.ts';

/** Writes a turn with all that goes with it; see `Turns.addTurn`. */
export function addTurn(context: StoreContext, turn: NewTurn): Promise<AddedTurn | undefined> {
  return context.database.writeDurably(async (sql) => {
    const now = context.now();
    const conversation = await lockConversation(sql, turn.conversationId, now);
    if (!conversation) return undefined;
    const earlier = await duplicate(sql, turn.messageKey);
    if (earlier.turn || (await isSettled(sql, turn.messageKey))) return earlier;
    const asks = turn.asks !== undefined;
    const limit = asks ? undefined : await limitReached(sql, conversation, turn, dayOf(now));
    if (limit) return { kind: 'limited', limit };
    if (turn.base.kind === 'point') {
      await requirePicture(sql, turn.conversationId, turn.base.point);
    }

    const id = await insert(sql, conversation, turn, now);
    // The same message became a turn of another conversation at this very moment.
    if (id === undefined) return duplicate(sql, turn.messageKey);
    await insertImages(sql, id, turn);
    await settle(sql, turn.messageKey, now);
    if (!asks) {
      await countUsage(sql, turn.person, dayOf(now), { turns: 1 });
      if (conversation.workspace !== '') {
        await countInWorkspace(sql, turn.person, conversation, dayOf(now), 1);
      }
    }
    await writeAudit(context, sql, {
      person: turn.person,
      action: 'ask',
      conversationId: conversation.id,
      turnId: id,
      text: turn.prompt,
    });
    const released = asks ? undefined : await releaseNext(sql, conversation.id, now);
    const added = released?.id === id ? released : await findTurn(sql, id);
    return added && { kind: 'added', turn: added };
  });
}

async function duplicate(sql: Sql, messageKey: string) {
  const turn = await turnOfMessage(sql, messageKey);
  return { kind: 'duplicate', ...(turn && { turn }) } as const;
}

export async function turnOfMessage(sql: Sql, messageKey: string): Promise<Turn | undefined> {
  const rows = await sql
    .selectFrom('turns')
    .selectAll()
    .where('message_key', '=', messageKey)
    .execute();
  return (await assemble(sql, rows))[0];
}

async function insert(
  sql: Sql,
  conversation: ConversationsTable,
  turn: NewTurn,
  now: number,
): Promise<string | undefined> {
  const sequence = conversation.turn_count + 1;
  const point = turn.base.kind === 'point' ? turn.base.point : undefined;
  const inserted = await sql
    .insertInto('turns')
    .values({
      id: randomId(),
      conversation_id: conversation.id,
      sequence,
      person: turn.person,
      message_key: turn.messageKey,
      prompt: turn.prompt,
      engine: turn.engine,
      seed: turn.seed,
      max_rounds: turn.maxRounds,
      context: JSON.stringify(turn.context ?? {}),
      ...(turn.asks === undefined ? { state: 'waiting' } : askedAt(now, turn.asks)),
      answers_id: turn.answers === undefined ? null : await existing(sql, turn.answers),
      base_turn_id: point?.turnId ?? null,
      base_round: point?.round ?? null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('message_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return undefined;
  await sql
    .updateTable('conversations')
    .set({ turn_count: sequence })
    .where('id', '=', conversation.id)
    .execute();
  return inserted.id;
}

/** A turn that ends with a question as it begins. */
function askedAt(now: number, text: string) {
  const thought: Thought = { kind: 'question', text };
  return {
    state: 'asked',
    thought: JSON.stringify(thought),
    outcome: JSON.stringify({}),
    ended_at: now,
  } as const;
}

/** The id of a turn, unless it was removed. */
async function existing(sql: Sql, turnId: string): Promise<string | null> {
  const row = await sql
    .selectFrom('turns')
    .select('id')
    .where('id', '=', turnId)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function insertImages(sql: Sql, id: string, turn: NewTurn): Promise<void> {
  switch (turn.base.kind) {
    case 'image':
      await useImage(sql, id, 'base', turn.base.image);
      await useImage(sql, id, 'source', turn.base.image);
      break;
    case 'point':
      await useBase(sql, id, turn.base.point);
      break;
    case 'head':
    case 'none':
      break;
  }
  for (const [index, image] of (turn.references ?? []).entries()) {
    await useImage(sql, id, 'reference', image, index);
  }
  if (turn.mask) await useImage(sql, id, 'mask', turn.mask);
}

/** The first limit that one more turn would break. */
async function limitReached(
  sql: Sql,
  conversation: ConversationsTable,
  { person, limits = {} }: NewTurn,
  day: string,
): Promise<Limit | undefined> {
  const { openPerPerson, dailyPerPerson, dailyInWorkspace, dailyTotal } = limits;
  // Until this transaction ends, no other counts a turn of the same person.
  const used = await lockUsage(sql, person, day);
  if (dailyPerPerson !== undefined && used.turns >= dailyPerPerson) return 'dailyPerPerson';
  if (
    dailyInWorkspace !== undefined &&
    (await countInWorkspace(sql, person, conversation, day, 0)) >= dailyInWorkspace
  ) {
    return 'dailyInWorkspace';
  }
  if (openPerPerson !== undefined && (await openOf(sql, person)) >= openPerPerson) {
    return 'openPerPerson';
  }
  if (dailyTotal !== undefined && (await usageOf(sql, day)).turns >= dailyTotal) {
    return 'dailyTotal';
  }
  return undefined;
}

async function openOf(sql: Sql, person: string): Promise<number> {
  const { count } = await sql
    .selectFrom('turns')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
