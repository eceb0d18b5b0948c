import { SCOPE_LETTERS, type ScopeInfo, type ScopeLetter, type Scopes } from '#api/contract/scopes.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'

import { ScopeDangers } from './danger-list.tsx'
import { moveInMatrix } from './matrix-keys.ts'
import { ScopeCell } from './scope-cell.tsx'
import { columnFill, rowFill, setColumn, setRow } from './scope-matrix.ts'

export interface ScopeMatrixTableProps {
  infos: readonly ScopeInfo[]
  scopes: Scopes
  /** What whoever grants holds: other cells are locked. */
  held: Scopes
  onScopesChange: (scopes: Scopes) => void
}

const letterTitle: Record<ScopeLetter, string> = { c: 'Create', r: 'Read', u: 'Update', d: 'Delete' }

/** Scopes by letters. Arrow keys move between the boxes; only letters that a scope knows have one. */
export function ScopeMatrixTable({ infos, scopes, held, onScopesChange }: ScopeMatrixTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-panel">
      {/* The keys are a short cut between controls that Tab reaches as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table
        aria-label="Scopes"
        onKeyDown={moveInMatrix}
        className="w-full min-w-88 border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="h-12 border-b px-3 text-left font-medium">
              Scope <span className="hidden font-normal sm:inline">and what it covers</span>
            </th>
            {SCOPE_LETTERS.map((letter) => (
              <ColumnHead key={letter} {...{ letter, infos, scopes, held, onScopesChange }} />
            ))}
          </tr>
        </thead>
        <tbody>
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
    <th scope="col" className="w-12 border-b px-1 font-medium">
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
  return (
    <tr className="hover:bg-hover [&:last-child>*]:border-b-0">
      {/* Its name alone heads the row: the rest is not to be read with every cell. */}
      <th scope="row" aria-label={info.label} className="border-b px-3 py-1.5 text-left align-top font-normal">
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
        <ScopeDangers info={info} scopes={scopes} className="ml-6 hidden sm:flex" />
      </th>
      {SCOPE_LETTERS.map((letter) => (
        <td key={letter} className="border-b px-1 py-2 align-top">
          <span className="flex justify-center">
            <ScopeCell {...{ info, letter, scopes, held, onScopesChange }} />
          </span>
        </td>
      ))}
    </tr>
  )
}
