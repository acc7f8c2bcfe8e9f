import type { Kysely } from 'kysely';

/** What the person thinks of a message of the bot. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('web_messages').addColumn('opinion', 'text').execute();
}
