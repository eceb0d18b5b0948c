import type { Schedule } from '#api/contract/schedules.ts'
import { formatCount } from '#console/lib/format.ts'

import { CONTENTS, CONTENTS_HINTS } from './contents-words.ts'
import { formOf } from './schedule-form.ts'

export interface Fact {
  label: string
  value: string
}

/** What of the workspace it backs up. */
export function whatFacts(schedule: Schedule): Fact[] {
  const { contents, branch } = formOf(schedule)
  const label = CONTENTS.find(({ value }) => value === contents)?.label ?? contents
  return [
    { label: 'Contents', value: `${label}. ${CONTENTS_HINTS[contents]}` },
    { label: 'Branch of the logic', value: branch === '' ? 'The one that is live when it runs' : branch },
  ]
}

/** When it runs; `timing` is how the server puts it, undefined while that is on its way. */
export function whenFacts({ cron, timeZone, runMissed, jitterSeconds }: Schedule, timing: string | undefined): Fact[] {
  return [
    { label: 'Runs', value: timing ?? `at ${cron}, as cron counts` },
    { label: 'Time zone', value: timeZone },
    { label: 'A missed run', value: runMissed ? 'is made up for once the server is back' : 'is left out' },
    { label: 'Random delay', value: jitterSeconds === 0 ? 'none' : `up to ${formatCount(jitterSeconds, 'second')}` },
  ]
}

/** Where the archives go, and whether they can be read there. */
export function whereFacts({ targetId, targetName, encrypted }: Schedule): Fact[] {
  return [
    {
      label: 'Target',
      value: targetId === null ? 'This server itself: whatever takes the server takes them along' : targetName,
    },
    {
      label: 'Encryption',
      value: encrypted ? 'Encrypted with a password' : 'Not encrypted: whoever gets hold of an archive reads all of it',
    },
  ]
}

/** Heading of what is kept, and how the rules go together. */
export const RETENTION_TEXT = {
  title: 'What stays, and what goes',
  description:
    'A backup stays as long as one rule keeps it. The last good one, pinned ones and safety backups always stay.',
}

/** How many archives each rule keeps. */
export function retentionFacts({ retention }: Schedule): Fact[] {
  const rules = [
    ['Last', retention.last],
    ['Daily', retention.daily],
    ['Weekly', retention.weekly],
    ['Monthly', retention.monthly],
  ] as const
  return rules.map(([label, count]) => ({ label, value: count === 0 ? 'none' : String(count) }))
}

/** How often what was written is proven again. */
export function checkFacts({ verifyDays, drillDays }: Schedule): Fact[] {
  return [
    { label: 'Read back again', value: verifyDays === null ? 'only right after writing' : everyDays(verifyDays) },
    { label: 'Rehearse a restore', value: drillDays === null ? 'never' : everyDays(drillDays) },
  ]
}

const everyDays = (days: number): string => (days === 1 ? 'every day' : `every ${formatCount(days, 'day')}`)
