import { useMemo } from 'react'

import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import { formatNumber } from '#console/lib/format.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'

import { kindWords } from './diff-words.ts'
import { effectColumn } from './effect-column.tsx'
import { constructWords } from './part-words.ts'
import { constructKey, type Parts } from './parts.ts'
import { ScopeList } from './scope-list.tsx'

type Group = ScopeChoices['apiGroups'][number]
type Construct = ScopeChoices['constructs'][number]

/** The name in the archive, and what the one in whose place it comes is called now. */
function nameCell({ name, nowNamed }: Pick<Group, 'name' | 'nowNamed'>) {
  const words = nowNamed === undefined ? name : `${name} (now ${nowNamed})`
  return <span title={words}>{words}</span>
}

const groupColumns: DataColumn<Group>[] = [
  { id: 'name', header: 'API group', stacked: 'primary', cell: nameCell },
  {
    id: 'endpoints',
    header: 'Endpoints',
    width: '8rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ endpoints }) => formatNumber(endpoints),
  },
]

const constructColumns: DataColumn<Construct>[] = [
  { id: 'name', header: 'Name', stacked: 'primary', cell: nameCell },
  { id: 'kind', header: 'Kind', width: '12rem', stacked: 'secondary', cell: ({ kind }) => kindWords(kind) },
]

export interface ScopeLogicProps {
  choices: ScopeChoices
  parts: Parts
  onChange: (parts: Parts) => void
  /** Whether the target may have them already. */
  hasEffect: boolean
}

/** API groups of the archive to choose from, each with its settings and endpoints. */
export function ScopeGroups({ choices, parts, onChange, hasEffect }: ScopeLogicProps) {
  const columns = useMemo(() => (hasEffect ? [...groupColumns, effectColumn<Group>()] : groupColumns), [hasEffect])
  return (
    <ScopeList
      noun="API group"
      rows={choices.apiGroups}
      columns={columns}
      rowKey={({ name }) => name}
      rowName={({ name }) => name}
      chosen={new Set(parts.apiGroups)}
      onChange={(apiGroups) => onChange({ ...parts, apiGroups })}
    />
  )
}

/** Functions, tasks and whatever else belongs to no API group. */
export function ScopeConstructs({ choices, parts, onChange, hasEffect }: ScopeLogicProps) {
  const columns = useMemo(
    () => (hasEffect ? [...constructColumns, effectColumn<Construct>()] : constructColumns),
    [hasEffect],
  )
  return (
    <ScopeList
      noun="construct"
      rows={choices.constructs}
      columns={columns}
      rowKey={constructKey}
      rowName={constructWords}
      chosen={new Set(parts.constructs.map(constructKey))}
      onChange={(keys) => {
        const chosen = new Set(keys)
        const held = choices.constructs.filter((one) => chosen.has(constructKey(one)))
        onChange({ ...parts, constructs: held.map(({ kind, name }) => ({ kind, name })) })
      }}
    />
  )
}
