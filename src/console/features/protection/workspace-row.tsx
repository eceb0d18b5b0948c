import { Plus, Shield, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'

import type { Protection } from '#api/contract/protection.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import { cx } from '#console/lib/cx.ts'
import { formatBytes } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { AgeBar } from '#console/ui/age-bar.tsx'
import { Badge } from '#console/ui/badge.tsx'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { DayStrip } from '#console/ui/day-strip.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { LoadingNote, Skeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { recoveryPointWords, restoreTimeWords, STATE_WORDS } from './protection-words.ts'
import { reasonOf } from './refusal-words.ts'
import { runDays, runDaysLabel } from './run-days.ts'
import { ScheduleLines } from './schedule-lines.tsx'

const MINUTE_MS = 60_000

const grid =
  'grid gap-x-6 gap-y-3 px-4 sm:grid-cols-2 xl:grid-cols-[minmax(12rem,1.1fr)_minmax(13rem,1fr)_minmax(12rem,1fr)_20rem]'

const AGE_TONES = {
  protected: 'success',
  late: 'warning',
  failing: 'danger',
  paused: 'warning',
  unscheduled: 'warning',
  unprotected: 'danger',
} as const

/** Says once what each row says for itself on narrow screens. */
export function WorkspaceHeads() {
  return (
    <div aria-hidden className={`${grid} h-8 items-center border-b text-xs font-medium text-muted max-xl:hidden!`}>
      <span>Workspace</span>
      <span>Recovery point</span>
      <span>Schedules</span>
      <span>Last 35 days, restore</span>
    </div>
  )
}

interface WorkspaceRowProps {
  item: Protection
  /** So far down that it is drawn only once it comes into view; a row that is in view would change its height then. */
  isFar: boolean
  /** When it was read, in milliseconds: ages grow from there, whatever the clock of this machine says. */
  readAt: number
}

/** One workspace: how it stands, what a restore would bring back, what takes the next backup. */
export function WorkspaceRow({ item, isFar, readAt }: WorkspaceRowProps) {
  const now = useNow(MINUTE_MS)
  const { words, tone } = STATE_WORDS[item.state]
  const canMake = useMay()(createSchedule, item.workspaceId)
  const reason = reasonOf(item)
  const days = runDays(item.calendar, now)
  return (
    <li
      className={cx(
        grid,
        'py-3 not-last:border-b',
        isFar && '[contain-intrinsic-size:auto_6rem] [content-visibility:auto]',
      )}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <TextLink
            to={`/w/${item.workspaceId}/backups`}
            look="quiet"
            className="line-clamp-3 text-base wrap-anywhere"
            title={item.workspaceName}
          >
            {item.workspaceName}
          </TextLink>
          <Badge tone={tone}>{words}</Badge>
        </div>
        {reason !== undefined && <p className="text-sm text-muted">{reason}</p>}
      </div>
      <Cell name="Recovery point">
        <RecoveryPoint item={item} passedSeconds={Math.max(0, (now.getTime() - readAt) / 1_000)} />
      </Cell>
      <Cell name="Schedules">
        <ScheduleLines schedules={item.schedules} workspaceId={item.workspaceId} />
        {item.schedules.length === 0 && !canMake && <span className="text-sm text-muted">None</span>}
        {item.schedules.length === 0 && canMake && (
          <ButtonLink to={`/w/${item.workspaceId}/schedules/new`} size="sm" className="w-fit">
            <Plus aria-hidden />
            Make a schedule
            <span className="sr-only">for {item.workspaceName}</span>
          </ButtonLink>
        )}
      </Cell>
      <Cell name="Last 35 days">
        <DayStrip days={days} label={runDaysLabel(days)} />
        <p className="text-xs text-muted">
          {restoreTimeWords(item)}
          {item.restoreShown && (
            <>
              {' '}
              <RelativeTime at={item.restoreShown.at} />
            </>
          )}
          .
        </p>
      </Cell>
    </li>
  )
}

function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span className="text-xs text-muted xl:sr-only">{name}</span>
      {children}
    </div>
  )
}

function RecoveryPoint({ item, passedSeconds }: { item: Protection; passedSeconds: number }) {
  const { lastGood, ageSeconds, wantedSeconds, workspaceId } = item
  const age = ageSeconds === null ? null : ageSeconds + passedSeconds
  const words = recoveryPointWords(age, wantedSeconds)
  if (lastGood === null || age === null) return <span className="text-sm">{words}</span>
  return (
    <>
      <AgeBar age={age} wanted={wantedSeconds} words={words} tone={AGE_TONES[item.state]} />
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        <TextLink to={`/w/${workspaceId}/backups/${lastGood.id}`}>
          <RelativeTime at={lastGood.at} />
          <span className="sr-only">: the last good backup of {item.workspaceName}</span>
        </TextLink>
        <span className="tabular-nums">{formatBytes(lastGood.bytes)}</span>
        <Verified isProven={lastGood.verifiedAt !== null} />
        <span className="min-w-0 wrap-anywhere">in {lastGood.targetName}</span>
      </p>
    </>
  )
}

function Verified({ isProven }: { isProven: boolean }) {
  const Icon = isProven ? ShieldCheck : Shield
  return (
    <span className={`inline-flex items-center gap-1 ${isProven ? 'text-success' : ''}`}>
      <Icon aria-hidden className="size-3.5 shrink-0 stroke-[1.5]" />
      {isProven ? 'verified' : 'not verified yet'}
    </span>
  )
}

/** Rows on their way, in their shape. */
export function WorkspaceRowsSkeleton() {
  return (
    <div className="rounded-lg border bg-panel">
      <LoadingNote label="Loading how well the workspaces are protected" />
      <WorkspaceHeads />
      {[0, 1, 2].map((row) => (
        <div key={row} aria-hidden className={`${grid} py-3 not-last:border-b`}>
          {['w-32', 'w-40', 'w-36', 'w-64'].map((width) => (
            <div key={width} className="flex h-12 flex-col gap-2">
              <Skeleton className={`h-4 max-w-full ${width}`} />
              <Skeleton className="h-3 w-24" />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
