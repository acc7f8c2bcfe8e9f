import { sql, type ColumnBuilderCallback, type Kysely } from 'kysely';

const present: ColumnBuilderCallback = (column) => column.notNull();
const primary: ColumnBuilderCallback = (column) => column.primaryKey();

export async function up(db: Kysely<unknown>): Promise<void> {
  await revisions(db);
  await threads(db);
  await messages(db);
  await pictures(db);
}

async function revisions({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('web_revisions')
    .addColumn('name', 'text', primary)
    .addColumn('revision', 'bigint', present)
    .execute();
}

async function threads({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('web_threads')
    .addColumn('id', 'text', primary)
    .addColumn('title', 'text', present)
    .addColumn('updated_at', 'bigint', present)
    .addColumn('revision', 'bigint', present)
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema.createIndex('web_threads_revision').on('web_threads').column('revision').execute();
}

async function messages({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('web_messages')
    .addColumn('id', 'text', primary)
    .addColumn('thread_id', 'text', (column) => column.notNull().references('web_threads.id'))
    .addColumn('position', 'bigint', present)
    .addColumn('revision', 'bigint', (column) => column.notNull().unique())
    .addColumn('author', 'text', present)
    .addColumn('marker', 'text', (column) => column.notNull().unique())
    .addColumn('answers', 'text')
    .addColumn('content', 'text', present)
    .addColumn('sent_at', 'bigint', present)
    .addColumn('heard_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema
    .createIndex('web_messages_thread')
    .on('web_messages')
    .columns(['thread_id', 'revision'])
    .execute();
  await schema
    .createIndex('web_messages_unheard')
    .on('web_messages')
    .column('sent_at')
    .where(sql<boolean>`author = 'person' and heard_at is null`)
    .execute();
}

async function pictures({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('web_pictures')
    .addColumn('message_id', 'text', (column) =>
      column.notNull().references('web_messages.id').onDelete('cascade'),
    )
    .addColumn('image_id', 'text', present)
    .addColumn('format', 'text', present)
    .addColumn('width', 'integer', present)
    .addColumn('height', 'integer', present)
    .addColumn('bytes', 'bigint', present)
    .addPrimaryKeyConstraint('web_pictures_key', ['message_id', 'image_id'])
    .execute();
  await schema.createIndex('web_pictures_image').on('web_pictures').column('image_id').execute();
}
