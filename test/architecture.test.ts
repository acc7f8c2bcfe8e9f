import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

/** All imports in `src`, files by their path from there; packages by their name. */
async function importsOfSource(): Promise<Import[]> {
  const entries = await readdir(SRC, { recursive: true, withFileTypes: true });
  const imports: Import[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const from = relative(SRC, path).replaceAll('\\', '/');
    const text = await readFile(path, 'utf8');
    for (const [, kind, clause = '', plain, dynamic] of text.matchAll(
      /(?:^|\n)(import|export)\s+([^;'"]*?)from\s+'([^']+)'|import\('([^']+)'\)/g,
    )) {
      const target = plain ?? dynamic ?? '';
      const to = target.startsWith('.') ? posix.join(dirname(from), target) : target;
      imports.push({ from, to, typesOnly: kind !== undefined && clause.startsWith('type ') });
    }
  }
  return imports;
}

const offenders = (imports: readonly Import[]): string[] =>
  imports.map(({ from, to }) => `${from} → ${to}`);

describe('the arrows', () => {
  const all = importsOfSource();

  it('are seen at all', async () => {
    expect(offenders(await all)).toContain('main.ts → cli/process.ts');
    expect((await all).length).toBeGreaterThan(100);
  });

  it('point away from the leaves: errors, config/, http/ and image/ need nothing of the rest', async () => {
    const wrong = (await all).filter(
      ({ from, to }) =>
        (from.startsWith('image/') && /^(?:pipeline|store|cli|demo)\//.test(to)) ||
        (from === 'errors.ts' && to.endsWith('.ts')) ||
        (from.startsWith('config/') &&
          to.endsWith('.ts') &&
          !/^(?:config\/|errors\.ts)/.test(to)) ||
        (from.startsWith('http/') && to.endsWith('.ts')),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('do not lead from the pipeline to the command line', async () => {
    const wrong = (await all).filter(
      ({ from, to }) => from.startsWith('pipeline/') && /^(?:cli|demo)\/|^main\.ts/.test(to),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('lead from the queue to types of the pipeline alone, but for the worker, who runs it', async () => {
    const wrong = (await all).filter(
      ({ from, to, typesOnly }) =>
        from.startsWith('queue/') &&
        to.startsWith('pipeline/') &&
        !typesOnly &&
        from !== 'queue/worker.ts',
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('lead from the store to its leaves alone: errors, settings, pictures and the types of the pipeline', async () => {
    const wrong = (await all).filter(
      ({ from, to, typesOnly }) =>
        from.startsWith('store/') &&
        to.endsWith('.ts') &&
        !/^(?:store\/|image\/|errors\.ts)/.test(to) &&
        !(typesOnly && /^(?:pipeline\/(?:types|usage|keep\/types)|config\/\w+)\.ts$/.test(to)),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('lead from safety to its leaves alone: errors, pictures and types; and nowhere there but from what plays turns', async () => {
    const wrong = (await all).filter(
      ({ from, to, typesOnly }) =>
        (from.startsWith('safety/') &&
          to.endsWith('.ts') &&
          !/^(?:safety\/|image\/|http\/|errors\.ts)/.test(to) &&
          !(typesOnly && /^(?:(?:queue|pipeline)\/types|config\/\w+)\.ts$/.test(to))) ||
        (to.startsWith('safety/') && !/^safety\/|^workshop\.ts/.test(from)),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('lead neither to the queue from the pipeline nor from the queue to what is built on it', async () => {
    const wrong = (await all).filter(
      ({ from, to }) =>
        (/^(?:pipeline|image)\//.test(from) && to.startsWith('queue/')) ||
        (from.startsWith('queue/') && /^(?:bots|cli|demo|store\/sql)\/|^main\.ts/.test(to)),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('keep SQL to the bots and the doctor: of the store, workers know the pictures and plain data', async () => {
    const wrong = (await all).filter(
      ({ from, to }) =>
        to.startsWith('store/sql/') && !/^(?:store\/sql\/|bots\/|bot\.ts|cli\/doctor\/)/.test(from),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('lead from a worker to nothing that opens a database', async () => {
    const imports = await all;
    const reached = new Set(['worker.ts']);
    for (const path of reached) {
      for (const { from, to, typesOnly } of imports)
        if (from === path && !typesOnly) reached.add(to);
    }
    expect([...reached]).toEqual(expect.arrayContaining(['queue/bullmq/worker.ts', 'workshop.ts']));
    expect([...reached].filter((path) => /^(?:store\/sql|bots?)\/|^bot\.ts/.test(path))).toEqual(
      [],
    );
  });

  it('lead to numbers and health from those who put processes together alone', async () => {
    const wrong = (await all).filter(
      ({ from, to }) =>
        /^(?:metrics|health)\//.test(to) &&
        !/^(?:metrics|health|cli|bot)\/|^(?:bot|worker|workshop)\.ts/.test(from),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('leave databases, buckets, BullMQ, Prometheus and Discord to their own folders', async () => {
    const owners = new Map([
      ['kysely', 'store/sql/'],
      ['pg', 'store/sql/dialects/'],
      ['libsql', 'store/sql/dialects/'],
      ['@aws-sdk/client-s3', 'store/images/'],
      ['bullmq', 'queue/bullmq/'],
      ['prom-client', 'metrics/'],
      ['openai', 'pipeline/engines/openai/'],
      ['undici', 'pipeline/engines/openai/'],
      ['discord.js', 'bots/discord/'],
      ['@slack/bolt', 'bots/slack/'],
    ]);
    const wrong = (await all).filter(
      ({ from, to }) => owners.has(to) && !from.startsWith(owners.get(to) ?? ''),
    );
    expect(offenders(wrong)).toEqual([]);
    for (const name of owners.keys()) expect((await all).map(({ to }) => to)).toContain(name);
  });

  it('lead from the pipeline to no store', async () => {
    const wrong = (await all).filter(
      ({ from, to }) => from.startsWith('pipeline/') && to.startsWith('store/'),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('lead from the bots to types of the pipeline alone, and to no worker', async () => {
    const wrong = (await all).filter(
      ({ from, to, typesOnly }) =>
        from.startsWith('bots/') &&
        ((to.startsWith('pipeline/') && !typesOnly) ||
          /^(?:cli|demo)\/|^main\.ts|^queue\/(?:worker|local)\.ts/.test(to)),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('do not lead to the bots but from the whole bot and the command line', async () => {
    const wrong = (await all).filter(
      ({ from, to }) => to.startsWith('bots/') && !/^(?:bots?|cli)\/|^bot\.ts/.test(from),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('tell the rest of the bots of no platform, not even by name', async () => {
    const entries = await readdir(join(SRC, 'bots'), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/^(?:discord|slack)[\\/]/.test(relative(join(SRC, 'bots'), path)));
    expect(files.length).toBeGreaterThan(50);
    const knowing = [];
    for (const path of files) {
      if (/discord|slack/i.test(await readFile(path, 'utf8'))) knowing.push(relative(SRC, path));
    }
    expect(knowing).toEqual([]);
  });

  it('lead to a chat platform from its own folder alone', async () => {
    const platformOf = (path: string) => /^bots\/(discord|slack|web)\//.exec(path)?.[1];
    const wrong = (await all).filter(
      ({ from, to }) =>
        from.startsWith('bots/') &&
        platformOf(to) !== undefined &&
        platformOf(from) !== platformOf(to),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('reach an engine from its own folder alone, but for what prepares and examines its checkpoint', async () => {
    const engineOf = (path: string) => /^pipeline\/engines\/([^/]+)\//.exec(path)?.[1];
    const wrong = (await all).filter(
      ({ from, to }) =>
        engineOf(to) !== undefined &&
        engineOf(from) !== engineOf(to) &&
        from !== 'cli/prepare.ts' &&
        from !== 'cli/doctor/engine.ts',
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('leave onnxruntime-node to engines and the doctor', async () => {
    const wrong = (await all).filter(
      ({ from, to }) =>
        to === 'onnxruntime-node' &&
        !from.startsWith('pipeline/engines/') &&
        !from.startsWith('cli/doctor/'),
    );
    expect(offenders(wrong)).toEqual([]);
  });

  it('read the environment in config/ alone, and there in two files', async () => {
    const entries = await readdir(SRC, { recursive: true });
    const readers: string[] = [];
    for (const entry of entries.filter((name) => name.endsWith('.ts'))) {
      if ((await readFile(join(SRC, entry), 'utf8')).includes('process.env')) readers.push(entry);
    }
    expect(readers.toSorted()).toEqual(['config/environment.ts', 'config/index.ts']);
  });
});
