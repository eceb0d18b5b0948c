import type { Target, TargetSettings, TargetTest } from '#api/contract/targets.ts'
import { formatDuration } from '#console/lib/format.ts'

/** Where archives go, in one line: `/mnt/backups`, `s3://bucket/prefix at minio.local`. */
export function placeWords(settings: TargetSettings): string {
  if (settings.kind === 'folder') return settings.path
  const bucket = `s3://${settings.bucket}/${settings.prefix}`
  return settings.endpoint === ''
    ? `${bucket} (Amazon, ${settings.region})`
    : `${bucket} at ${hostOf(settings.endpoint)}`
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
}

/** Who writes there: `Nightly backup`, `Nightly backup and 2 others`. */
export function usersWords(schedules: Target['schedules']): string {
  const [first, ...rest] = schedules
  if (first === undefined) return 'no schedule'
  return rest.length === 0 ? first.name : `${first.name} and ${rest.length} ${rest.length === 1 ? 'other' : 'others'}`
}

/** A test in words: `works, 120 ms`, `could not write`. */
export function testWords(test: TargetTest): string {
  if (test.ok) return `works, ${formatDuration(test.ms)}`
  const failed = test.steps.find(({ ok }) => !ok)
  return failed === undefined ? 'does not work' : `could not ${failed.step}`
}
