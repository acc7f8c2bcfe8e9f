import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AppError } from '../../../src/errors.ts';
import { openImageStore } from '../../../src/store/images/index.ts';
import { IMAGE_HOMES, type ImageHome } from '../../support/image-homes.ts';
import { small } from '../../support/small-pictures.ts';

const call = { signal: new AbortController().signal };
const GONE = { code: 'STORE_UNAVAILABLE', retryable: true };
const REFUSED = { code: 'STORE_UNAVAILABLE', retryable: false };

describe('pictures in a bucket', () => {
  let home: ImageHome;
  beforeAll(async () => {
    home = await IMAGE_HOMES['s3-images']();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it.each([
    ['a server that is not there', { S3_ENDPOINT: 'http://127.0.0.1:1' }, GONE],
    ['a bucket that is not there', { S3_BUCKET: 'nobody-made-this' }, REFUSED],
    ['keys that are not known', { S3_ACCESS_KEY_ID: 'NOBODY' }, REFUSED],
  ])('fail with one sentence at %s', async (_name, changes, expected) => {
    const store = await openImageStore({ ...home.settings, ...changes });
    const error: AppError = await store.put(small('photo'), call).then(
      () => expect.fail('It was stored.'),
      (thrown: AppError) => thrown,
    );
    expect(error).toMatchObject(expected);
    expect(error.message).toMatch(/^The picture bucket can't be [^.]+\.$/);
    await store[Symbol.asyncDispose]();
  });

  it('keep signatures and keys out of what goes to the log', async () => {
    const store = await openImageStore({ ...home.settings, S3_BUCKET: 'nobody-made-this' });
    const error: AppError = await store.put(small('photo'), call).then(
      () => expect.fail('It was stored.'),
      (thrown: AppError) => thrown,
    );
    const { cause } = error;
    expect(Object.keys(cause ?? {})).toEqual(['code', 'status', 'name']);
    expect(cause).toMatchObject({ code: 'NoSuchBucket', status: 404 });
  });
});
