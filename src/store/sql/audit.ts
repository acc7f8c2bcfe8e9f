import type { AuditEntry } from '../records.ts';
import type { AuditLog } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { randomId } from './ids.ts';
import type { AuditTable } from './schema.ts';

export function auditLog(context: StoreContext): AuditLog {
  return {
    audit: (entry) => context.database.write((sql) => writeAudit(context, sql, entry)),

    auditEntries: ({ limit, person, before }) =>
      context.database.read(async (sql) => {
        let query = sql.selectFrom('audit').selectAll();
        if (person !== undefined) query = query.where('person', '=', person);
        if (before !== undefined) query = query.where('at', '<', before);
        const rows = await query.orderBy('at', 'desc').orderBy('id').limit(limit).execute();
        return rows.map(toEntry);
      }),
  };
}

/** Writes an entry, without its words unless the operator wants them. */
export async function writeAudit(
  { now, auditText }: StoreContext,
  sql: Sql,
  { person, action, conversationId, turnId, text }: Omit<AuditEntry, 'at'>,
): Promise<void> {
  await sql
    .insertInto('audit')
    .values({
      id: randomId(),
      at: now(),
      person,
      action,
      conversation_id: conversationId ?? null,
      turn_id: turnId ?? null,
      text: auditText ? (text ?? null) : null,
    })
    .execute();
}

function toEntry(row: AuditTable): AuditEntry {
  return {
    at: row.at,
    person: row.person,
    action: row.action,
    ...(row.conversation_id !== null && { conversationId: row.conversation_id }),
    ...(row.turn_id !== null && { turnId: row.turn_id }),
    ...(row.text !== null && { text: row.text }),
  };
}
