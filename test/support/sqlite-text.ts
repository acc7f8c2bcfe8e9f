import { join } from 'node:path';

import Database from 'libsql';

/** All that the tables of a SQLite home hold, as one text. */
export function databaseText(folder: string, except: readonly string[] = []): string {
  const database = new Database(join(folder, 'reasonedit.sqlite'));
  try {
    const names = database
      .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite%'`)
      .all([]) as { name: string }[];
    const tables = names.map(({ name }) => name).filter((name) => !except.includes(name));
    return JSON.stringify(tables.map((name) => database.prepare(`select * from ${name}`).all([])));
  } finally {
    database.close();
  }
}
