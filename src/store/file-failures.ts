import { codeOf, type Failure } from './failures.ts';

const FAILURES: Readonly<Record<string, Failure>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EMFILE: 'busy',
  ENFILE: 'busy',
  EBUSY: 'busy',
  EIO: 'gone',
  ESTALE: 'gone',
  ETIMEDOUT: 'gone',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  ENOTDIR: 'refused',
  ENOENT: 'refused',
  EEXIST: 'refused',
};

/** https://nodejs.org/api/errors.html#common-system-errors */
export function fileFailure(error: unknown): Failure | undefined {
  return FAILURES[codeOf(error) ?? ''];
}
