import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import type { SaveTarget, Target, TargetSettings } from '#api/contract/targets.ts'

/** What the dialog holds: the fields of both kinds at once, so that changing the kind loses nothing. */
export const TargetForm = z
  .object({
    /** Empty = named after its bucket or folder. */
    name: DisplayName.or(z.literal('')),
    kind: z.enum(['s3', 'folder']),
    path: z.string(),
    endpoint: z.string().trim(),
    region: z.string().trim(),
    bucket: z.string().trim(),
    prefix: z.string().trim(),
    pathStyle: z.boolean(),
    accessKeyId: z.string().trim(),
    /** Empty in a change = the kept one stays. */
    secret: z.string(),
    hasSecret: z.boolean(),
  })
  .superRefine((form, context) => {
    const need = (field: keyof typeof form, message: string): void => {
      context.addIssue({ code: 'custom', path: [field], message })
    }
    if (form.kind === 'folder') {
      if (!/^(\/|[A-Za-z]:[\\/])/.test(form.path)) need('path', 'Give the whole path, such as /mnt/backups')
      return
    }
    if (form.endpoint !== '' && !/^https?:\/\/[^/]/.test(form.endpoint))
      need('endpoint', 'Begin with https:// or http://')
    if (form.bucket.length < 3) need('bucket', 'Give the name of the bucket')
    if (form.region === '') need('region', 'Give a region; us-east-1 where the store has none')
    if (form.accessKeyId === '') need('accessKeyId', 'Give the access key')
    if (form.secret === '' && !form.hasSecret) need('secret', 'Give the secret key')
  })
export type TargetForm = z.infer<typeof TargetForm>

const EMPTY: TargetForm = {
  name: '',
  kind: 's3',
  path: '',
  endpoint: '',
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  pathStyle: true,
  accessKeyId: '',
  secret: '',
  hasSecret: false,
}

/** What the dialog begins with. */
export function formOf(target: Target | undefined): TargetForm {
  if (target === undefined) return EMPTY
  return { ...EMPTY, ...target.settings, name: target.name, hasSecret: target.hasSecret }
}

export function settingsOf(form: TargetForm): TargetSettings {
  if (form.kind === 'folder') return { kind: 'folder', path: form.path.trim() }
  const { endpoint, region, bucket, prefix, pathStyle, accessKeyId } = form
  return { kind: 's3', endpoint, region, bucket, prefix, pathStyle, accessKeyId }
}

/** The secret goes along only where one was typed. */
export function secretOf({ kind, secret }: TargetForm): { secret?: string } {
  return kind === 's3' && secret !== '' ? { secret } : {}
}

export function saveOf(form: TargetForm): SaveTarget {
  return { name: form.name.trim() || placeName(form), settings: settingsOf(form), ...secretOf(form) }
}

/** The bucket, or the last part of the folder. */
function placeName({ kind, bucket, path }: TargetForm): string {
  return kind === 's3' ? bucket : (path.split(/[\\/]/).findLast((part) => part.trim() !== '') ?? path)
}

/** Stores that many have, by what differs between them. */
export const PRESETS = [
  { value: 'custom', label: 'Custom', endpoint: '', region: 'us-east-1', pathStyle: true },
  { value: 'amazon', label: 'Amazon S3', endpoint: '', region: 'eu-central-1', pathStyle: false },
  { value: 'minio', label: 'MinIO', endpoint: 'http://localhost:9000', region: 'us-east-1', pathStyle: true },
  {
    value: 'r2',
    label: 'Cloudflare R2',
    endpoint: 'https://<account>.r2.cloudflarestorage.com',
    region: 'auto',
    pathStyle: true,
  },
  {
    value: 'b2',
    label: 'Backblaze B2',
    endpoint: 'https://s3.eu-central-003.backblazeb2.com',
    region: 'eu-central-003',
    pathStyle: true,
  },
  {
    value: 'wasabi',
    label: 'Wasabi',
    endpoint: 'https://s3.eu-central-1.wasabisys.com',
    region: 'eu-central-1',
    pathStyle: true,
  },
] as const
export type Preset = (typeof PRESETS)[number]['value']
