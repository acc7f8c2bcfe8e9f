import { AppError } from '../../errors.ts';
import type { Lease } from '../records.ts';
import type { Leases } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { randomId } from './ids.ts';
import type { LeasesTable } from './schema.ts';

export function leases({ database }: StoreContext): Leases {
  const { clock } = database;
  return {
    acquireLease: (name, owner, forMs) =>
      database.write(async (sql) => {
        const row = await sql
          .insertInto('leases')
          .values((build) => ({
            name,
            owner,
            token: randomId(),
            expires_at: build(clock, '+', forMs),
          }))
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet((build) => ({
                owner,
                token: build.ref('excluded.token'),
                expires_at: build.ref('excluded.expires_at'),
              }))
              .where((build) =>
                build.or([
                  build('leases.owner', '=', owner),
                  build('leases.expires_at', '<=', clock),
                ]),
              ),
          )
          .returningAll()
          .executeTakeFirst();
        return row && toLease(row);
      }),

    renewLease: ({ name, token }, forMs) =>
      database.write(async (sql) => {
        const row = await sql
          .updateTable('leases')
          .set((build) => ({ expires_at: build(clock, '+', forMs) }))
          .where('name', '=', name)
          .where('token', '=', token)
          .returningAll()
          .executeTakeFirst();
        return row && toLease(row);
      }),

    releaseLease: ({ name, token }) =>
      database.write(async (sql) => {
        await sql
          .deleteFrom('leases')
          .where('name', '=', name)
          .where('token', '=', token)
          .execute();
      }),
  };
}

/**
 * Makes sure that nobody else has taken the lease, and that nobody does until this transaction
 * ends. One that ran out and that nobody wanted still holds.
 * @throws {AppError} `LEASE_LOST`
 */
export async function holdLease(sql: Sql, lease: Lease | undefined): Promise<void> {
  if (!lease) return;
  const row = await sql
    .updateTable('leases')
    .set({ token: lease.token })
    .where('name', '=', lease.name)
    .where('token', '=', lease.token)
    .returning('name')
    .executeTakeFirst();
  if (!row) throw new AppError('LEASE_LOST', 'Somebody else takes care of this now.');
}

function toLease({ name, owner, token, expires_at: expiresAt }: LeasesTable): Lease {
  return { name, owner, token, expiresAt };
}
