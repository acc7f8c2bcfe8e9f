import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import Database from 'libsql';

import { bind } from './bind.ts';

/** How long another process may hold the database before waiting for it is given up. */
const PATIENCE_MS = 5_000;

/** More than the store has, but for lists of every length. */
const MOST_PREPARED = 500;

/** A long transaction lets other work of this process go on this often. */
const YIELD_MS = 2;

/** SQLite in a file, by libsql. The file is made when it is not there; its folder must be. */
export function sqliteDialect(path: string): Dialect {
  return {
    createAdapter: () => new TransactionalDdlAdapter(),
    createDriver: () => new SqliteFileDriver(path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Migrations run in one transaction, so that two processes that start at once run them one after the other. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** One connection, used by one at a time in the order of asking. */
class SqliteFileDriver implements Driver {
  readonly #path: string;
  #connection: SqliteConnection | undefined;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    const connection = new SqliteConnection(new Database(this.#path));
    try {
      await connection.execute('pragma journal_mode = wal');
      // A commit survives the end of the process; `sqliteLog` is there for the end of the power.
      await connection.execute('pragma synchronous = normal');
      // `sqliteLog` empties the log long before, outside of this thread, unless it never gets to its end.
      await connection.execute('pragma wal_autocheckpoint = 10000');
      await connection.execute('pragma foreign_keys = on');
    } catch (error) {
      connection.close();
      throw error;
    }
    this.#connection = connection;
  }

  async acquireConnection(): Promise<SqliteConnection> {
    const before = this.#last;
    const { promise, resolve } = openPromise();
    this.#last = promise;
    await before;
    this.#release = resolve;
    if (this.#connection) return this.#connection;
    resolve();
    throw new Error('The database is closed.');
  }

  releaseConnection(): Promise<void> {
    this.#release();
    return Promise.resolve();
  }

  /** A writer takes the lock at once: one that read first and then wrote could starve. */
  async beginTransaction(
    connection: SqliteConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    await connection.execute(accessMode === 'read only' ? 'begin' : 'begin immediate');
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.execute('commit');
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    await connection.rollback();
  }

  async destroy(): Promise<void> {
    await this.#last;
    this.#connection?.close();
    this.#connection = undefined;
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #prepared = new Map<string, Database.Statement>();
  #yieldedAt = 0;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    await this.#yield();
    const statement = this.#prepare(sql);
    const values = bind(parameters);
    if (statement.reader) return { rows: statement.all(values) as Row[] };
    if (this.inTransaction) return { rows: [], numAffectedRows: changesOf(statement.run(values)) };
    await this.execute('begin immediate');
    try {
      const result = statement.run(values);
      await this.execute('commit');
      return { rows: [], numAffectedRows: changesOf(result) };
    } finally {
      if (this.inTransaction) await this.rollback();
    }
  }

  /** SQLite may have rolled back by itself, as it does on a full disk. */
  async rollback(): Promise<void> {
    // What failed may be in progress until it is collected, see below.
    this.#prepared.clear();
    if (this.inTransaction) await this.execute('rollback');
  }

  /** To prepare a statement takes as long as to run it, so that it is kept. */
  #prepare(sql: string): Database.Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      if (this.#prepared.size === MOST_PREPARED) this.#prepared.clear();
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  /**
   * Runs a statement without parameters, when other processes let it. They are waited for outside
   * of SQLite, which would block this one meanwhile. Only statements that can't be kept waiting are
   * prepared: libsql leaves one that was in progress until it is collected, and nothing can be
   * committed beside it.
   */
  async execute(sql: string): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        this.#database.exec(sql);
        return;
      } catch (error) {
        if (!isBusy(error) || this.inTransaction || performance.now() > until) throw error;
      }
      await sleep(2 + Math.random() * 10);
    }
  }

  /** Statements run in this thread, one right after the other unless it is let go between them. */
  async #yield(): Promise<void> {
    if (performance.now() - this.#yieldedAt < YIELD_MS) return;
    await nextTurn();
    this.#yieldedAt = performance.now();
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Nothing here is streamed.');
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function changesOf({ changes }: Database.RunResult): bigint {
  return BigInt(changes);
}

function openPromise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
