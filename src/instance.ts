import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** No machine runs more processes on one folder. */
const MOST = 100;

export interface Instance extends AsyncDisposable {
  readonly name: string;
}

/**
 * A name for this process that no other living one on this folder has, and that it will have again
 * after a restart: so it goes on at once with what it had in hand, where others would wait for its
 * leases to run out. The claim is a file with the process's id; it is void once that process is gone.
 */
export async function instanceIn(folder: string): Promise<Instance> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let number = 1; number <= MOST; number += 1) {
    const name = `${hostname()}-${number}`;
    const path = join(folder, `${name}.pid`);
    if (await claim(path)) return { name, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
  }
  throw new Error(`More than ${MOST} processes use ${folder}.`);
}

async function claim(path: string): Promise<boolean> {
  const own = String(process.pid);
  try {
    await writeFile(path, own, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(await readFile(path, 'utf8'));
  // In a container each life of a process has the same id.
  if (holder !== process.pid && isAlive(holder)) return false;
  await writeFile(path, own);
  return true;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
