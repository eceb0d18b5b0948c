import { useId } from 'react'

import { SCOPE_LETTERS, type ScopeInfo, type ScopeLetter, type Scopes } from '#api/contract/scopes.ts'
import { cx } from '#console/lib/cx.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'

import { moveInMatrix, useOneStop } from './matrix-keys.ts'
import { ScopeCell } from './scope-cell.tsx'
import { columnFill, rowFill, setColumn, setRow } from './scope-matrix.ts'
import { hasNotes, ScopeNotes } from './scope-notes.tsx'

export interface ScopeMatrixTableProps {
  infos: readonly ScopeInfo[]
  scopes: Scopes
  /** What whoever grants holds: other cells are locked. */
  held: Scopes
  onScopesChange: (scopes: Scopes) => void
}

const letterTitle: Record<ScopeLetter, string> = { c: 'Create', r: 'Read', u: 'Update', d: 'Delete' }

/** Scopes by letters. It is one stop of the Tab key; arrow keys move between the boxes. Only letters that a scope knows have one. */
export function ScopeMatrixTable({ infos, scopes, held, onScopesChange }: ScopeMatrixTableProps) {
  const { ref, onFocus } = useOneStop()
  const hintId = useId()
  return (
    <div className="overflow-x-auto rounded-lg border bg-panel">
      <p id={hintId} className="sr-only">
        Arrow keys move between the boxes, Space grants or takes away.
      </p>
      {/* The keys move between the boxes, which are controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table
        ref={ref}
        aria-label="Scopes"
        aria-describedby={hintId}
        onKeyDown={moveInMatrix}
        onFocus={onFocus}
        className="w-full min-w-76 border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="h-12 border-b px-2 text-left font-medium sm:px-3">
              Scope <span className="hidden font-normal sm:inline">and what it covers</span>
            </th>
            {SCOPE_LETTERS.map((letter) => (
              <ColumnHead key={letter} {...{ letter, infos, scopes, held, onScopesChange }} />
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {infos.map((info) => (
            <ScopeRow key={info.name} {...{ info, scopes, held, onScopesChange }} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ColumnHead({ letter, infos, scopes, held, onScopesChange }: ScopeMatrixTableProps & { letter: ScopeLetter }) {
  const fill = columnFill(scopes, infos, letter, held)
  return (
    <th scope="col" className="w-10.5 border-b px-0.5 font-medium sm:w-12 sm:px-1">
      <span className="flex flex-col items-center gap-1">
        {letterTitle[letter]}
        <Checkbox
          aria-label={`${letterTitle[letter]}, every scope shown`}
          checked={fill === 'all'}
          indeterminate={fill === 'some'}
          disabled={fill === 'locked'}
          onCheckedChange={() => onScopesChange(setColumn(scopes, infos, letter, fill !== 'all', held))}
        />
      </span>
    </th>
  )
}

interface ScopeRowProps extends Omit<ScopeMatrixTableProps, 'infos'> {
  info: ScopeInfo
}

function ScopeRow({ info, scopes, held, onScopesChange }: ScopeRowProps) {
  const fill = rowFill(scopes, info, held)
  const isNoted = hasNotes({ info, scopes })
  return (
    <>
      <tr className={cx('hover:bg-hover', isNoted && 'max-sm:[&>*]:border-b-0')}>
        {/* Its name alone heads the row: the rest is not to be read with every cell. */}
        <th
          scope="row"
          aria-label={info.label}
          className="border-b px-2 py-1.5 text-left align-top font-normal sm:px-3"
        >
          <div className="flex items-start gap-x-3">
            <Checkbox
              label={info.label}
              checked={fill === 'all'}
              indeterminate={fill === 'some'}
              disabled={fill === 'locked'}
              onCheckedChange={() => onScopesChange(setRow(scopes, info, fill !== 'all', held))}
              className="sm:min-w-54 sm:shrink-0"
            />
            <span className="mt-0.5 hidden text-xs text-muted sm:block">{info.covers}</span>
          </div>
          <ScopeNotes info={info} scopes={scopes} className="ml-6 hidden sm:flex" />
        </th>
        {SCOPE_LETTERS.map((letter) => (
          <td key={letter} className="border-b px-1 py-2 align-top">
            <span className="flex justify-center">
              <ScopeCell {...{ info, letter, scopes, held, onScopesChange }} />
            </span>
          </td>
        ))}
      </tr>
      {isNoted && (
        // On a narrow screen the first column has no room for it.
        <tr className="sm:hidden">
          <td colSpan={1 + SCOPE_LETTERS.length} className="border-b px-2 pb-2">
            <ScopeNotes info={info} scopes={scopes} className="ml-6 flex" />
          </td>
        </tr>
      )}
    </>
  )
}
