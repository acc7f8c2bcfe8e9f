import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type _Object as S3Object,
} from '@aws-sdk/client-s3';

import { isAppError } from '../../errors.ts';
import { translated } from '../failures.ts';
import type { ImageStore, StoredImage } from '../types.ts';
import { checkedId, checkedReference, notKept, referenceTo, verified } from './digest.ts';
import { S3Error, s3Failure } from './s3-failures.ts';

export interface S3Options {
  readonly bucket: string;
  /** Any service that speaks S3; Amazon's own without it. */
  readonly endpoint?: string;
  readonly region: string;
  /** Without them, what the machine has: a role, a profile. */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const PREFIX = 'images/';
const IMAGE_KEY = /^images\/([0-9a-f]{64})$/;
const CONNECT_MS = 5_000;
const REQUEST_MS = 60_000;

/** Pictures as objects named by their content, `images/abcd…`, in a bucket that is there already. */
export function openS3Images({ bucket, endpoint, region, keys }: S3Options): ImageStore {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(keys && { credentials: keys }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS },
    // Not every service knows the newer checksums; the content is checked by its name anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const object = (id: string) => ({ Bucket: bucket, Key: PREFIX + id });

  const storedTime = async (id: string, signal: AbortSignal): Promise<number | undefined> => {
    try {
      const head = await client.send(new HeadObjectCommand(object(id)), { abortSignal: signal });
      return head.LastModified?.getTime();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };

  return {
    put: (image, { signal }) =>
      guarded(signal, async () => {
        const reference = await referenceTo(image);
        await client.send(
          new PutObjectCommand({
            ...object(reference.id),
            Body: image.bytes,
            ContentLength: reference.bytes,
            ContentType: `image/${reference.format}`,
          }),
          { abortSignal: signal },
        );
        return reference;
      }),

    get: (reference, { signal }) =>
      guarded(signal, async () => {
        const checked = checkedReference(reference);
        try {
          const command = new GetObjectCommand(object(checked.id));
          const { Body: body } = await client.send(command, { abortSignal: signal });
          return await verified(checked, (await body?.transformToByteArray()) ?? new Uint8Array());
        } catch (error) {
          throw isMissing(error) ? notKept(new S3Error(error)) : error;
        }
      }),

    has: (id, { signal }) =>
      guarded(signal, async () => (await storedTime(checkedId(id), signal)) !== undefined),

    // S3 has no conditional removal by time: between the look and the removal lie milliseconds.
    delete: (id, storedBefore, { signal }) =>
      guarded(signal, async () => {
        const storedAt = await storedTime(checkedId(id), signal);
        if (storedAt === undefined) return true;
        if (storedAt >= storedBefore) return false;
        await client.send(new DeleteObjectCommand(object(id)), { abortSignal: signal });
        return true;
      }),

    async *list({ signal }) {
      let token: string | undefined;
      do {
        const page = await guarded(signal, () =>
          client.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: PREFIX,
              ...(token !== undefined && { ContinuationToken: token }),
            }),
            { abortSignal: signal },
          ),
        );
        yield* (page.Contents ?? []).flatMap(storedImage);
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },

    [Symbol.asyncDispose]: () => Promise.resolve(client.destroy()),
  };
}

function storedImage({ Key: key = '', LastModified: modified }: S3Object): StoredImage[] {
  const id = IMAGE_KEY.exec(key)?.[1];
  return id !== undefined && modified ? [{ id, storedAt: modified.getTime() }] : [];
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && /^(?:NoSuchKey|NotFound)$/.test(error.name);
}

function guarded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return translated('picture bucket', s3Failure, async () => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      // The SDK makes an error of its own of every abort.
      signal.throwIfAborted();
      throw isAppError(error) ? error : new S3Error(error);
    }
  });
}
