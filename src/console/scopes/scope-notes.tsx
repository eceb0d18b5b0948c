import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { type ScopeInfo, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import { cx } from '#console/lib/cx.ts'

import { dangersOf } from './blast-radius.ts'
import { gapWords } from './grant-gaps.ts'
import { isGranted } from './scope-matrix.ts'

export interface ScopeNotesProps {
  info: ScopeInfo
  scopes: Scopes
  className?: string | undefined
}

/** True where a scope has anything to note. */
export const hasNotes = ({ info, scopes }: ScopeNotesProps): boolean =>
  dangersOf(info).length > 0 || gapWords(scopes, info.name) !== undefined

/**
 * What the dangerous cells of one scope can do, each in a line, those that are granted standing out; and what its letters
 * do not reach alone.
 */
export function ScopeNotes({ info, scopes, className }: ScopeNotesProps) {
  const gap = gapWords(scopes, info.name)
  return (
    <ul className={cx('flex-col text-xs text-muted', className)}>
      {gap !== undefined && (
        <Note icon={<Info aria-hidden />} className="text-info">
          {gap}
        </Note>
      )}
      {dangersOf(info).map(({ letter, line }) => (
        <Note
          key={letter}
          icon={<TriangleAlert aria-hidden />}
          className={isGranted(scopes, info.name, letter) ? 'text-warning' : undefined}
        >
          <span className="font-medium capitalize">{scopeWord(letter)}</span> {line}
        </Note>
      ))}
    </ul>
  )
}

interface NoteProps {
  icon: ReactNode
  className: string | undefined
  children: ReactNode
}

function Note({ icon, className, children }: NoteProps) {
  return (
    <li className={cx('flex gap-1', className)}>
      <span className="mt-[0.2rem] shrink-0 [&_svg]:size-3 [&_svg]:stroke-[1.5]">{icon}</span>
      <span>{children}</span>
    </li>
  )
}
