import type { ImageReference } from '../image-reference.ts';
import type { Point } from '../records.ts';
import type { Sql } from './database.ts';
import { chunks } from './groups.ts';
import type { ImageRole, TurnImagesTable } from './schema.ts';

/** Writes down that a turn uses a picture, once. */
export async function useImage(
  sql: Sql,
  turnId: string,
  role: ImageRole,
  image: ImageReference,
  ordinal = 0,
): Promise<void> {
  await sql
    .insertInto('turn_images')
    .values(toRow(turnId, role, image, ordinal))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Writes down that a turn uses a picture in place of the one before. */
export async function replaceImage(
  sql: Sql,
  turnId: string,
  role: ImageRole,
  image: ImageReference,
  ordinal: number,
): Promise<void> {
  const row = toRow(turnId, role, image, ordinal);
  await sql
    .insertInto('turn_images')
    .values(row)
    .onConflict((conflict) => conflict.columns(['turn_id', 'role', 'ordinal']).doUpdateSet(row))
    .execute();
}

function toRow(
  turnId: string,
  role: ImageRole,
  { id, format, width, height, bytes }: ImageReference,
  ordinal: number,
): TurnImagesTable {
  return { turn_id: turnId, role, ordinal, image_id: id, format, width, height, bytes };
}

export function toReference(row: TurnImagesTable): ImageReference {
  const { image_id: id, format, width, height, bytes } = row;
  return { id, format, width, height, bytes };
}

/** The picture at a point: a round's, or with round 0 the base of the turn. */
export async function imageAt(
  sql: Sql,
  { turnId, round }: Point,
): Promise<ImageReference | undefined> {
  return imageOf(sql, turnId, round === 0 ? 'base' : 'round', round);
}

/** The picture that a turn uses in a role. */
export async function imageOf(
  sql: Sql,
  turnId: string,
  role: ImageRole,
  ordinal = 0,
): Promise<ImageReference | undefined> {
  const row = await sql
    .selectFrom('turn_images')
    .selectAll()
    .where('turn_id', '=', turnId)
    .where('role', '=', role)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
  return row && toReference(row);
}

/** Those of the given pictures that a turn uses. */
export async function usedAmong(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const chunk of chunks(ids)) {
    const rows = await sql
      .selectFrom('turn_images')
      .select('image_id')
      .distinct()
      .where('image_id', 'in', chunk)
      .execute();
    for (const row of rows) used.add(row.image_id);
  }
  return used;
}
