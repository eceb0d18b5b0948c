import type { S3Settings } from '#api/contract/targets.ts'

import type { Patience } from './s3.ts'
import type { Storage } from './storage.ts'

/** Opens an S3 store. The SDK is large, and loaded only where there is one. */
export async function openS3(settings: S3Settings, secret: string, patience?: Patience): Promise<Storage> {
  return (await import('./s3.ts')).openS3Storage(settings, secret, patience)
}
