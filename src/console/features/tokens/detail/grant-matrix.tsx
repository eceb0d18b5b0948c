import { Ban, Check } from 'lucide-react'

import { SCOPE_LETTERS, type ScopeInfo, type ScopeLetter, SCOPES, type Scopes } from '#api/contract/scopes.ts'
import { hasAnyScope, isGranted } from '#console/scopes/scope-matrix.ts'

const LETTERS: Record<ScopeLetter, string> = { c: 'Create', r: 'Read', u: 'Update', d: 'Delete' }

export interface GrantMatrixProps {
  /** What works now. */
  scopes: Scopes
  /** Granted, and not to be used now. */
  cut: Scopes
}

/** Scopes by letters, to be read only: what works, and what was granted and is cut. */
export function GrantMatrix({ scopes, cut }: GrantMatrixProps) {
  return (
    <>
      <table aria-label="Scopes of this token" className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="h-8 border-b pr-2 text-left font-medium">
              Scope
            </th>
            {SCOPE_LETTERS.map((letter) => (
              <th key={letter} scope="col" className="w-12 border-b text-center font-medium">
                {LETTERS[letter]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SCOPES.map((info) => (
            <tr key={info.name} className="[&:last-child>*]:border-b-0">
              <th scope="row" className="border-b py-1 pr-2 text-left font-normal">
                {info.label}
              </th>
              {SCOPE_LETTERS.map((letter) => (
                <td key={letter} className="border-b text-center">
                  <Cell {...{ info, letter, scopes, cut }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hasAnyScope(cut) && (
        <p className="flex items-center gap-1.5 text-xs text-muted">
          <Ban aria-hidden className="size-3.5 stroke-[1.5] text-warning" />
          granted, but cut
        </p>
      )}
    </>
  )
}

function Cell({ info, letter, scopes, cut }: GrantMatrixProps & { info: ScopeInfo; letter: ScopeLetter }) {
  if (!info.letters.includes(letter)) {
    return (
      <span className="text-muted">
        <span aria-hidden>–</span>
        <span className="sr-only">{`no ${LETTERS[letter].toLowerCase()} in this scope`}</span>
      </span>
    )
  }
  if (isGranted(scopes, info.name, letter)) {
    return (
      <>
        <Check aria-hidden className="mx-auto size-4 stroke-[1.5] text-success" />
        <span className="sr-only">granted</span>
      </>
    )
  }
  if (isGranted(cut, info.name, letter)) {
    return (
      <>
        <Ban aria-hidden className="mx-auto size-3.5 stroke-[1.5] text-warning" />
        <span className="sr-only">granted, but cut</span>
      </>
    )
  }
  return <span className="sr-only">not granted</span>
}
