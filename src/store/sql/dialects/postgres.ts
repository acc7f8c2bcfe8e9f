import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';

import { bind } from './bind.ts';

const INT8 = 20;
const CONNECT_MS = 5_000;

/** PostgreSQL at a database URL. Connections that failed are replaced. */
export function postgresDialect(url: string, patienceMs: number): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PoolDriver(url, patienceMs),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PoolDriver implements Driver {
  readonly #pool: pg.Pool;

  constructor(url: string, patienceMs: number) {
    this.#pool = new pg.Pool({
      connectionString: url,
      // Whatever hangs ends, in this order: the lock, the statement, the silent network.
      connectionTimeoutMillis: CONNECT_MS,
      lock_timeout: patienceMs,
      statement_timeout: patienceMs * 1.5,
      query_timeout: patienceMs * 2,
      idle_in_transaction_session_timeout: patienceMs * 3,
      application_name: 'reasonedit-bot',
      max: 10,
      keepAlive: true,
      types: { getTypeParser },
    });
    // Unheard, the end of a connection would end the process; who uses it next is told anyway.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    return new PoolConnection(await this.#pool.connect());
  }

  releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }

  async beginTransaction(
    connection: PoolConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    // A reader sees one moment; writers lock the rows that they work on.
    const mode = accessMode === 'read only' ? ' isolation level repeatable read read only' : '';
    await connection.execute(`begin${mode}`);
  }

  async commitTransaction(connection: PoolConnection): Promise<void> {
    await connection.execute('commit');
  }

  /** What made the transaction fail is what is reported, so this does not fail as well. */
  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    await connection.execute('rollback').catch(() => connection.discard());
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

class PoolConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #usable = true;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const { rows, rowCount } = await this.#client.query(sql, bind(parameters));
      return { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) };
    } catch (error) {
      if (!isFromServer(error)) this.discard();
      throw error;
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Nothing here is streamed.');
  }

  async execute(sql: string): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(sql));
  }

  discard(): void {
    this.#usable = false;
  }

  release(): void {
    this.#client.release(!this.#usable);
  }
}

/** An answer of the server leaves the connection in a known state; anything else does not. */
function isFromServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity !== 'FATAL';
}

/** Times and sizes are 64 bits wide and below 2⁵³. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format);
