export const TIMING_KINDS = ['daily', 'hourly', 'weekly', 'monthly', 'cron'] as const

const isWithin = (value: number | null, min: number, max: number): boolean =>
  value !== null && Number.isInteger(value) && value >= min && value <= max
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** The fields of every kind of timing; only those of the chosen kind count. */
export interface TimingFields {
  kind: (typeof TIMING_KINDS)[number]
  minute: number | null
  time: string
  weekdays: number[]
  day: number | null
  cron: string
}

interface PasswordFields {
  encryption: 'keep' | 'set' | 'none'
  password: string
  repeat: string
}

interface CheckFields {
  verifies: boolean
  verifyDays: number | null
  drills: boolean
  drillDays: number | null
}

/** The field that is wrong, and what would be right. */
type Fault = [field: string, message: string]

function timingFaults({ kind, minute, time, weekdays, day, cron }: TimingFields): Fault[] {
  const faults: (Fault | false)[] = [
    kind === 'hourly' && !isWithin(minute, 0, 59) && ['minute', 'Give a minute from 0 to 59'],
    hasTime(kind) && !TIME.test(time) && ['time', 'Give a time such as 02:00'],
    kind === 'monthly' && !isWithin(day, 1, 31) && ['day', 'Give a day from 1 to 31'],
    kind === 'weekly' && weekdays.length === 0 && ['weekdays', 'Choose at least one day'],
    kind === 'cron' && cron === '' && ['cron', 'Give a cron expression such as 0 2 * * *'],
  ]
  return faults.filter((fault) => fault !== false)
}

function passwordFaults({ encryption, password, repeat }: PasswordFields): Fault[] {
  if (encryption !== 'set') return []
  if (password === '') return [['password', 'Give a password, or choose "Not encrypted"']]
  return password === repeat ? [] : [['repeat', 'The two passwords differ']]
}

function checkFaults(form: CheckFields): Fault[] {
  const message = 'Give 1 to 365 days'
  const faults: (Fault | false)[] = [
    form.verifies && !isWithin(form.verifyDays, 1, 365) && ['verifyDays', message],
    form.drills && !isWithin(form.drillDays, 1, 365) && ['drillDays', message],
  ]
  return faults.filter((fault) => fault !== false)
}

/** What is wrong with fields whose rules depend on other fields; those that are out of sight are not looked at. */
export function formFaults(form: TimingFields & PasswordFields & CheckFields): Fault[] {
  return [...timingFaults(form), ...passwordFaults(form), ...checkFaults(form)]
}

/** Whether that kind runs at a time of day that is chosen. */
export const hasTime = (kind: TimingFields['kind']): boolean =>
  kind === 'daily' || kind === 'weekly' || kind === 'monthly'
