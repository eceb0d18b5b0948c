import { SCOPE_LETTERS, type ScopeInfo, type ScopeLetter, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'

import { moveInMatrix } from './matrix-keys.ts'
import { columnFill, isGranted, rowFill, setCell, setColumn, setRow } from './scope-matrix.ts'

export interface ScopeMatrixTableProps {
  infos: readonly ScopeInfo[]
  scopes: Scopes
  onScopesChange: (scopes: Scopes) => void
}

const letterTitle: Record<ScopeLetter, string> = { c: 'Create', r: 'Read', u: 'Update', d: 'Delete' }

/** Scopes by letters. Arrow keys move between the boxes; only letters that a scope knows have one. */
export function ScopeMatrixTable({ infos, scopes, onScopesChange }: ScopeMatrixTableProps) {
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
              Scope
            </th>
            <th scope="col" className="hidden border-b px-3 text-left font-medium sm:table-cell">
              Covers
            </th>
            {SCOPE_LETTERS.map((letter) => (
              <ColumnHead key={letter} {...{ letter, infos, scopes, onScopesChange }} />
            ))}
          </tr>
        </thead>
        <tbody>
          {infos.map((info) => (
            <ScopeRow key={info.name} {...{ info, scopes, onScopesChange }} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ColumnHead({ letter, infos, scopes, onScopesChange }: ScopeMatrixTableProps & { letter: ScopeLetter }) {
  const fill = columnFill(scopes, infos, letter)
  return (
    <th scope="col" className="w-12 border-b px-1 font-medium">
      <span className="flex flex-col items-center gap-1">
        {letterTitle[letter]}
        <Checkbox
          aria-label={`${letterTitle[letter]}, every scope shown`}
          checked={fill === 'all'}
          indeterminate={fill === 'some'}
          onCheckedChange={() => onScopesChange(setColumn(scopes, infos, letter, fill !== 'all'))}
        />
      </span>
    </th>
  )
}

interface ScopeRowProps extends Pick<ScopeMatrixTableProps, 'scopes' | 'onScopesChange'> {
  info: ScopeInfo
}

function ScopeRow({ info, scopes, onScopesChange }: ScopeRowProps) {
  const fill = rowFill(scopes, info)
  return (
    <tr className="hover:bg-hover [&:last-child>*]:border-b-0">
      <th scope="row" className="h-8 border-b px-3 py-1.5 text-left align-top font-normal sm:whitespace-nowrap">
        <Checkbox
          label={info.label}
          checked={fill === 'all'}
          indeterminate={fill === 'some'}
          onCheckedChange={() => onScopesChange(setRow(scopes, info, fill !== 'all'))}
        />
      </th>
      <td className="hidden border-b px-3 py-1.5 text-xs text-muted sm:table-cell">{info.covers}</td>
      {SCOPE_LETTERS.map((letter) => (
        <td key={letter} className="border-b px-1">
          <span className="flex justify-center">
            {info.letters.includes(letter) ? (
              <Checkbox
                aria-label={`${info.label}: ${scopeWord(letter)}`}
                checked={isGranted(scopes, info.name, letter)}
                onCheckedChange={(isOn) => onScopesChange(setCell(scopes, info, letter, isOn))}
              />
            ) : (
              <span className="text-muted">
                <span aria-hidden>–</span>
                <span className="sr-only">not known here</span>
              </span>
            )}
          </span>
        </td>
      ))}
    </tr>
  )
}
