import type { StoredRound, Turn } from '../records.ts';
import type { Sql } from './database.ts';
import { chunks, groupBy } from './groups.ts';
import { readContext, readKept, readOutcome, readReflection, readThought } from './json.ts';
import type { ImageRole, RoundsTable, TurnImagesTable, TurnsTable } from './schema.ts';
import { toReference } from './turn-images.ts';

export async function findTurn(sql: Sql, id: string): Promise<Turn | undefined> {
  const row = await sql.selectFrom('turns').selectAll().where('id', '=', id).executeTakeFirst();
  return row && (await assemble(sql, [row]))[0];
}

/** Completes rows of `turns` with their pictures and rounds, in the same order. */
export async function assemble(sql: Sql, rows: readonly TurnsTable[]): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const chunk of chunks(rows)) {
    const ids = chunk.map(({ id }) => id);
    const images = await sql
      .selectFrom('turn_images')
      .selectAll()
      .where('turn_id', 'in', ids)
      .orderBy('ordinal')
      .execute();
    const rounds = await sql
      .selectFrom('rounds')
      .selectAll()
      .where('turn_id', 'in', ids)
      .orderBy('round')
      .execute();
    const imagesOf = groupBy(images, ({ turn_id: id }) => id);
    const roundsOf = groupBy(rounds, ({ turn_id: id }) => id);
    for (const row of chunk) {
      turns.push(toTurn(row, imagesOf.get(row.id) ?? [], roundsOf.get(row.id) ?? []));
    }
  }
  return turns;
}

function toTurn(
  row: TurnsTable,
  images: readonly TurnImagesTable[],
  rounds: readonly RoundsTable[],
): Turn {
  const inRole = (role: ImageRole) => images.filter((image) => image.role === role);
  const [base] = inRole('base');
  const [source] = inRole('source');
  const [mask] = inRole('mask');
  return {
    id: row.id,
    conversationId: row.conversation_id,
    sequence: row.sequence,
    person: row.person,
    messageKey: row.message_key,
    prompt: row.prompt,
    engine: row.engine,
    seed: row.seed,
    maxRounds: row.max_rounds,
    context: readContext(row.context),
    state: row.state,
    ...(row.code !== null && { code: row.code }),
    ...(row.answers_id !== null && { answers: row.answers_id }),
    ...(base && { base: { image: toReference(base), ...pointOf(row) } }),
    ...(source && { source: toReference(source) }),
    references: inRole('reference').map(toReference),
    ...(mask && { mask: toReference(mask) }),
    ...(row.thought !== null && { thought: readThought(row.thought) }),
    rounds: rounds.flatMap((round) => toRound(round, inRole('round'))),
    ...(row.outcome !== null && readOutcome(row.outcome)),
    ...timesOf(row),
  };
}

/** Nothing where the base came with the request, or where its turn was removed. */
function pointOf({ base_turn_id: turnId, base_round: round }: TurnsTable) {
  return turnId !== null && round !== null ? { point: { turnId, round } } : {};
}

function toRound(row: RoundsTable, images: readonly TurnImagesTable[]): StoredRound[] {
  const image = images.find(({ ordinal }) => ordinal === row.round);
  if (!image) return [];
  const { round, instruction, reflection, kept } = row;
  return [
    {
      round,
      instruction,
      image: toReference(image),
      ...(reflection !== null && { reflection: readReflection(reflection) }),
      ...(kept !== null && { kept: readKept(kept) }),
    },
  ];
}

function timesOf(row: TurnsTable) {
  return {
    createdAt: row.created_at,
    ...(row.released_at !== null && { releasedAt: row.released_at }),
    ...(row.started_at !== null && { startedAt: row.started_at }),
    ...(row.deadline_at !== null && { deadlineAt: row.deadline_at }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.delivered_at !== null && { deliveredAt: row.delivered_at }),
  };
}
