import { TriangleAlert } from 'lucide-react'

import { type ScopeInfo, type Scopes, SCOPES, scopeWord } from '#api/contract/scopes.ts'
import { cx } from '#console/lib/cx.ts'

import { dangersOf } from './blast-radius.ts'
import { isGranted } from './scope-matrix.ts'

export interface ScopeDangersProps {
  info: ScopeInfo
  scopes: Scopes
  className?: string | undefined
}

/** What the dangerous cells of one scope can do, each in a line; those that are granted stand out. */
export function ScopeDangers({ info, scopes, className }: ScopeDangersProps) {
  const dangers = dangersOf(info)
  if (dangers.length === 0) return null
  return (
    <ul className={cx('flex-col text-xs text-muted', className)}>
      {dangers.map(({ letter, line }) => (
        <li key={letter} className={cx('flex gap-1', isGranted(scopes, info.name, letter) && 'text-warning')}>
          <TriangleAlert aria-hidden className="mt-[0.2rem] size-3 shrink-0 stroke-[1.5]" />
          <span>
            <span className="font-medium capitalize">{scopeWord(letter)}</span> {line}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The same of everything that is granted, for where the matrix has no room for it. */
export function DangerList({ scopes, className }: { scopes: Scopes; className?: string | undefined }) {
  const granted = SCOPES.flatMap((info) =>
    dangersOf(info)
      .filter(({ letter }) => isGranted(scopes, info.name, letter))
      .map((danger) => ({ info, ...danger })),
  )
  if (granted.length === 0) return null
  return (
    <ul aria-label="What the marked cells can do" className={cx('flex flex-col gap-1 text-xs text-warning', className)}>
      {granted.map(({ info, letter, line }) => (
        <li key={`${info.name}:${letter}`} className="flex gap-1.5">
          <TriangleAlert aria-hidden className="mt-[0.15rem] size-3 shrink-0 stroke-[1.5]" />
          <span>
            <span className="font-medium">
              {info.label}: {scopeWord(letter)}
            </span>{' '}
            {line}
          </span>
        </li>
      ))}
    </ul>
  )
}
