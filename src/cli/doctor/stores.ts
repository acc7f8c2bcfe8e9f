import type { Settings } from '../../config/index.ts';
import { toAppError } from '../../errors.ts';
import { openImageStore } from '../../store/images/index.ts';
import type { Check } from './check.ts';

const TIMEOUT_MS = 10_000;
/** Clocks of a bucket and of this machine may differ by so much. */
const CLOCK_MS = 3_600_000;

/** What is kept elsewhere than in files of this machine, as far as the settings say so. */
export async function checkStores(settings: Settings): Promise<Check[]> {
  const { DATABASE_URL, S3_BUCKET } = settings;
  return Promise.all([
    ...(DATABASE_URL === undefined ? [] : [checkDatabase(DATABASE_URL)]),
    ...(S3_BUCKET === undefined ? [] : [checkPictures(settings)]),
  ]);
}

/** The address is shown without user and password. */
async function checkDatabase(url: string): Promise<Check> {
  const { hostname, port } = new URL(url);
  const address = `${hostname}:${port || 5432}`;
  return check('database', `${address} can't be used`, async () => {
    const { postgresVersion } = await import('../../store/sql/reach.ts');
    return `${address} answers: PostgreSQL ${await postgresVersion(url)}`;
  });
}

/** Stores something, reads it back and removes it. */
async function checkPictures(settings: Settings): Promise<Check> {
  const bucket = settings.S3_BUCKET ?? '';
  return check('pictures', `bucket ${bucket} can't be used`, async () => {
    const call = { signal: AbortSignal.timeout(TIMEOUT_MS) };
    const store = await openImageStore(settings);
    try {
      const bytes = new TextEncoder().encode(`Written by a check at ${Date.now()}`);
      const kept = await store.put({ bytes, format: 'png', width: 1, height: 1 }, call);
      await store.get(kept, call);
      await store.delete(kept.id, Date.now() + CLOCK_MS, call);
      return `bucket ${bucket} can be written, read and cleared`;
    } finally {
      await store[Symbol.asyncDispose]();
    }
  });
}

async function check(name: string, failed: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, status: 'ok', found: await work() };
  } catch (error) {
    return { name, status: 'missing', found: failed, advice: toAppError(error).message };
  }
}
