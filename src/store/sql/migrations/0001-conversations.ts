import { sql, type ColumnBuilderCallback, type Kysely } from 'kysely';

const present: ColumnBuilderCallback = (column) => column.notNull();
const primary: ColumnBuilderCallback = (column) => column.primaryKey();
const ofConversation: ColumnBuilderCallback = (column) =>
  column.notNull().references('conversations.id').onDelete('cascade');
const ofTurn: ColumnBuilderCallback = (column) =>
  column.notNull().references('turns.id').onDelete('cascade');
const outlivesTurn: ColumnBuilderCallback = (column) =>
  column.references('turns.id').onDelete('set null');

export async function up(db: Kysely<unknown>): Promise<void> {
  await conversations(db);
  await turns(db);
  await partsOfTurns(db);
  await delivery(db);
  await people(db);
}

async function conversations({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('conversations')
    .addColumn('id', 'text', primary)
    .addColumn('platform', 'text', present)
    .addColumn('workspace', 'text', present)
    .addColumn('channel', 'text', present)
    .addColumn('thread', 'text', present)
    .addColumn('turn_count', 'integer', present)
    .addColumn('head_position', 'integer', present)
    .addColumn('created_at', 'bigint', present)
    .addColumn('updated_at', 'bigint', present)
    .addUniqueConstraint('conversations_place', ['platform', 'workspace', 'channel', 'thread'])
    .execute();
}

async function turns({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('turns')
    .addColumn('id', 'text', primary)
    .addColumn('conversation_id', 'text', ofConversation)
    .addColumn('sequence', 'integer', present)
    .addColumn('person', 'text', present)
    .addColumn('message_key', 'text', (column) => column.notNull().unique())
    .addColumn('prompt', 'text', present)
    .addColumn('engine', 'text', present)
    .addColumn('seed', 'bigint', present)
    .addColumn('max_rounds', 'integer', present)
    .addColumn('context', 'text', present)
    .addColumn('state', 'text', present)
    .addColumn('code', 'text')
    .addColumn('answers_id', 'text', outlivesTurn)
    .addColumn('base_turn_id', 'text', outlivesTurn)
    .addColumn('base_round', 'integer')
    .addColumn('thought', 'text')
    .addColumn('outcome', 'text')
    .addColumn('created_at', 'bigint', present)
    .addColumn('released_at', 'bigint')
    .addColumn('started_at', 'bigint')
    .addColumn('deadline_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('delivered_at', 'bigint')
    .addUniqueConstraint('turns_sequence', ['conversation_id', 'sequence'])
    .execute();
  await schema
    .createIndex('turns_one_active')
    .on('turns')
    .column('conversation_id')
    .unique()
    .where(sql<boolean>`state in ('queued', 'running')`)
    .execute();
  await schema
    .createIndex('turns_open')
    .on('turns')
    .column('created_at')
    .where(sql<boolean>`ended_at is null`)
    .execute();
  await schema
    .createIndex('turns_undelivered')
    .on('turns')
    .column('created_at')
    .where(sql<boolean>`delivered_at is null`)
    .execute();
  for (const column of ['person', 'answers_id', 'base_turn_id', 'ended_at']) {
    await schema.createIndex(`turns_${column}`).on('turns').column(column).execute();
  }
}

async function partsOfTurns({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('turn_images')
    .addColumn('turn_id', 'text', ofTurn)
    .addColumn('role', 'text', present)
    .addColumn('ordinal', 'integer', present)
    .addColumn('image_id', 'text', present)
    .addColumn('format', 'text', present)
    .addColumn('width', 'integer', present)
    .addColumn('height', 'integer', present)
    .addColumn('bytes', 'bigint', present)
    .addPrimaryKeyConstraint('turn_images_key', ['turn_id', 'role', 'ordinal'])
    .execute();
  await schema.createIndex('turn_images_image').on('turn_images').column('image_id').execute();
  await schema
    .createTable('rounds')
    .addColumn('turn_id', 'text', ofTurn)
    .addColumn('round', 'integer', present)
    .addColumn('instruction', 'text', present)
    .addColumn('reflection', 'text')
    .addColumn('recorded_at', 'bigint', present)
    .addPrimaryKeyConstraint('rounds_key', ['turn_id', 'round'])
    .execute();
  await schema
    .createTable('heads')
    .addColumn('conversation_id', 'text', ofConversation)
    .addColumn('position', 'integer', present)
    .addColumn('turn_id', 'text', ofTurn)
    .addColumn('round', 'integer', present)
    .addPrimaryKeyConstraint('heads_key', ['conversation_id', 'position'])
    .execute();
  await schema.createIndex('heads_turn').on('heads').column('turn_id').execute();
}

async function delivery({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('inbox')
    .addColumn('message_key', 'text', primary)
    .addColumn('person', 'text')
    .addColumn('payload', 'text')
    .addColumn('move', 'text')
    .addColumn('received_at', 'bigint', present)
    .addColumn('settled_at', 'bigint')
    .execute();
  await schema
    .createIndex('inbox_undealt')
    .on('inbox')
    .column('received_at')
    .where(sql<boolean>`settled_at is null`)
    .execute();
  await schema.createIndex('inbox_settled').on('inbox').column('settled_at').execute();
  await schema.createIndex('inbox_person').on('inbox').column('person').execute();
  await schema
    .createTable('leases')
    .addColumn('name', 'text', primary)
    .addColumn('owner', 'text', present)
    .addColumn('token', 'text', present)
    .addColumn('expires_at', 'bigint', present)
    .execute();
  await schema
    .createTable('posts')
    .addColumn('conversation_id', 'text', ofConversation)
    .addColumn('slot', 'text', present)
    .addColumn('turn_id', 'text', (column) => column.references('turns.id').onDelete('cascade'))
    .addColumn('marker', 'text', (column) => column.notNull().unique())
    .addColumn('channel', 'text', present)
    .addColumn('message_id', 'text')
    .addColumn('painted', 'text')
    .addColumn('created_at', 'bigint', present)
    .addPrimaryKeyConstraint('posts_key', ['conversation_id', 'slot'])
    .execute();
  await schema.createIndex('posts_turn').on('posts').column('turn_id').execute();
  await schema.createIndex('posts_message').on('posts').column('message_id').execute();
}

async function people({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('opinions')
    .addColumn('turn_id', 'text', ofTurn)
    .addColumn('person', 'text', present)
    .addColumn('opinion', 'text', present)
    .addColumn('given_at', 'bigint', present)
    .addPrimaryKeyConstraint('opinions_key', ['turn_id', 'person'])
    .execute();
  await schema.createIndex('opinions_person').on('opinions').column('person').execute();
  await schema
    .createTable('usage')
    .addColumn('day', 'text', present)
    .addColumn('person', 'text', present)
    .addColumn('turns', 'integer', present)
    .addColumn('rounds', 'integer', present)
    .addPrimaryKeyConstraint('usage_key', ['day', 'person'])
    .execute();
  await schema.createIndex('usage_person').on('usage').column('person').execute();
  await schema
    .createTable('audit')
    .addColumn('id', 'text', primary)
    .addColumn('at', 'bigint', present)
    .addColumn('person', 'text', present)
    .addColumn('action', 'text', present)
    .addColumn('conversation_id', 'text')
    .addColumn('turn_id', 'text')
    .addColumn('text', 'text')
    .execute();
  await schema.createIndex('audit_at').on('audit').column('at').execute();
  await schema.createIndex('audit_person').on('audit').column('person').execute();
}
