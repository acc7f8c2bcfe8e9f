import { join } from 'node:path';

import type { S3Settings } from '../../config/s3.ts';
import type { StoreSettings } from '../../config/store.ts';
import type { ImageStore } from '../types.ts';
import { openFileImages } from './file-images.ts';

/**
 * The pictures in a bucket where `S3_BUCKET` names one, else in files in `DATA_DIR`.
 * @throws {AppError} `STORE_UNAVAILABLE` or `STORAGE_FULL` where the folder can't be made.
 */
export async function openImageStore(
  settings: S3Settings & Pick<StoreSettings, 'DATA_DIR'>,
): Promise<ImageStore> {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region } = settings;
  if (bucket === undefined) return openFileImages(join(settings.DATA_DIR, 'images'));
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  // The SDK takes a tenth of a second to load, for those alone who use it.
  const { openS3Images } = await import('./s3-images.ts');
  return openS3Images({
    bucket,
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { keys: { accessKeyId, secretAccessKey } }),
  });
}
