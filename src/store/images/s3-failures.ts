import { S3ServiceException } from '@aws-sdk/client-s3';

import { codeOf, type Failure } from '../failures.ts';

/** What a call to S3 failed with, fit for a log: the SDK's own errors hold the request with its signature. */
export class S3Error extends Error {
  /** The service's or the system's own code. */
  readonly code: string;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;

  constructor(error: unknown) {
    super(error instanceof Error ? error.message : String(error));
    this.name = error instanceof Error ? error.name : 'Error';
    this.code = codeOf(error) ?? this.name;
    this.status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function s3Failure(error: unknown): Failure | undefined {
  if (!(error instanceof S3Error)) return undefined;
  const { status, name, code } = error;
  if (status === 507 || /StorageFull|QuotaExceeded/.test(name)) return 'full';
  if (status === 429 || name === 'SlowDown') return 'busy';
  if (status >= 500) return 'gone';
  if (status >= 300 || name === 'CredentialsProviderError') return 'refused';
  if (name === 'TimeoutError' || /^E[A-Z_]+$/.test(code)) return 'gone';
  return undefined;
}
