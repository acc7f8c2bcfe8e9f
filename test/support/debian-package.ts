import { execFileSync } from 'node:child_process';

/** Installs a package of Debian's; needs root. */
export function installPackage(name: string): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    execFileSync('apt-get', command, { stdio: 'inherit', env });
  }
}
