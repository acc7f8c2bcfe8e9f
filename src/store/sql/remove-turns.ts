import type { Turn } from '../records.ts';
import type { Removed } from '../types.ts';
import { lockConversation, placeOf } from './conversations.ts';
import type { Sql } from './database.ts';
import { chunks } from './groups.ts';
import { toPost } from './posts.ts';
import { releaseNext } from './release.ts';

/** Locks conversations, always in the same order so that no two removals wait for each other. */
export async function lockAll(sql: Sql, ids: readonly string[], now: number): Promise<string[]> {
  const locked: string[] = [];
  for (const id of ids.toSorted()) {
    if (await lockConversation(sql, id, now)) locked.push(id);
  }
  return locked;
}

/** Removes turns of locked conversations, with all that belongs to them, and releases the next ones. */
export async function removeTurns(
  sql: Sql,
  conversations: readonly string[],
  turns: readonly { readonly id: string; readonly ended_at: number | null }[],
  now: number,
): Promise<Removed> {
  const imageIds = new Set<string>();
  const posts: Removed['posts'][number][] = [];
  for (const chunk of chunks(turns.map(({ id }) => id))) {
    const images = await sql
      .selectFrom('turn_images')
      .select('image_id')
      .where('turn_id', 'in', chunk)
      .execute();
    for (const { image_id: id } of images) imageIds.add(id);
    posts.push(...(await postsWhere(sql, 'turn_id', chunk)));
    await sql.deleteFrom('turns').where('id', 'in', chunk).execute();
  }
  const released: Turn[] = [];
  for (const id of conversations) {
    const next = await releaseNext(sql, id, now);
    if (next) released.push(next);
  }
  posts.push(...(await removeEmpty(sql, conversations)));
  return {
    turns: turns.length,
    open: turns.filter((turn) => turn.ended_at === null).map(({ id }) => id),
    released,
    posts,
    imageIds: [...imageIds],
  };
}

/** Removes those of some locked conversations that have no turns; what was posted there. */
export async function removeEmpty(sql: Sql, ids: readonly string[]): Promise<Removed['posts']> {
  const posts: Removed['posts'][number][] = [];
  for (const chunk of chunks(ids)) {
    const kept = await sql
      .selectFrom('turns')
      .select('conversation_id')
      .distinct()
      .where('conversation_id', 'in', chunk)
      .execute();
    const inUse = new Set(kept.map((row) => row.conversation_id));
    const empty = chunk.filter((id) => !inUse.has(id));
    if (empty.length === 0) continue;
    posts.push(...(await postsWhere(sql, 'conversation_id', empty)));
    await sql.deleteFrom('conversations').where('id', 'in', empty).execute();
  }
  return posts;
}

/** What was posted of some turns. */
export async function postsOfTurns(sql: Sql, ids: readonly string[]): Promise<Removed['posts']> {
  const posts: Removed['posts'][number][] = [];
  for (const chunk of chunks(ids)) posts.push(...(await postsWhere(sql, 'turn_id', chunk)));
  return posts;
}

async function postsWhere(
  sql: Sql,
  column: 'turn_id' | 'conversation_id',
  values: readonly string[],
): Promise<Removed['posts']> {
  const rows = await sql
    .selectFrom('posts')
    .innerJoin('conversations', 'conversations.id', 'posts.conversation_id')
    .selectAll('posts')
    .select(['platform', 'workspace', 'conversations.channel as place_channel', 'thread'])
    .where(`posts.${column}`, 'in', values)
    .execute();
  return rows.map((row) => ({
    ...toPost(row),
    place: placeOf({ ...row, channel: row.place_channel }),
  }));
}
