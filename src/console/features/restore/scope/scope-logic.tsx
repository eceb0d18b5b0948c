import { useMemo } from 'react'

import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import { formatNumber } from '#console/lib/format.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'

import { type LogicChoice, logicChoices, stuckChoices } from '../blocked-parts.ts'
import { kindWords } from '../diff-words.ts'
import { constructWords } from '../part-words.ts'
import { constructKey, type Parts } from '../parts.ts'
import { StuckNote } from './blocked-notes.tsx'
import { effectColumn } from './effect-column.tsx'
import { ScopeList } from './scope-list.tsx'

type Group = ScopeChoices['apiGroups'][number]
type Construct = ScopeChoices['constructs'][number]

/** Over a workspace that is there: the name in the archive, and what the one in whose place it comes is called now. */
function nameCell({ name, nowNamed }: Pick<Group, 'name' | 'nowNamed'>) {
  const words = nowNamed === undefined ? name : `${name} (now ${nowNamed})`
  return <span title={words}>{words}</span>
}

const groupColumns: DataColumn<Group>[] = [
  { id: 'name', header: 'API group', stacked: 'primary', cell: ({ name }) => <span title={name}>{name}</span> },
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
  { id: 'name', header: 'Name', stacked: 'primary', cell: ({ name }) => <span title={name}>{name}</span> },
  { id: 'kind', header: 'Kind', width: '12rem', stacked: 'secondary', cell: ({ kind }) => kindWords(kind) },
]

function withEffect<Row extends Pick<Group, 'name' | 'nowNamed' | 'effect'>>(
  columns: readonly DataColumn<Row>[],
): DataColumn<Row>[] {
  const named = columns.map((column) => (column.id === 'name' ? { ...column, cell: nameCell } : column))
  return [...named, effectColumn<Row>()]
}

export interface ScopeLogicProps {
  choices: ScopeChoices
  parts: Parts
  onChange: (parts: Parts) => void
  /** Whether the target may have them already. */
  hasEffect: boolean
}

/** Those that nothing makes possible; a target that is made has nothing whose name could be taken. */
function useStuck(choices: ScopeChoices, hasEffect: boolean, isKind: (kind: string) => boolean): LogicChoice[] {
  const stuck = useMemo(() => (hasEffect ? stuckChoices(logicChoices(choices)) : []), [choices, hasEffect])
  return stuck.filter(({ kind }) => isKind(kind))
}

/** API groups of the archive to choose from, each with its settings and endpoints. */
export function ScopeGroups({ choices, parts, onChange, hasEffect }: ScopeLogicProps) {
  const columns = useMemo(() => (hasEffect ? withEffect(groupColumns) : groupColumns), [hasEffect])
  const stuck = useStuck(choices, hasEffect, (kind) => kind === 'api_group')
  const names = new Set(stuck.map(({ name }) => name))
  const free = choices.apiGroups.filter(({ name }) => !names.has(name))
  return (
    <div className="flex flex-col gap-3">
      {(free.length > 0 || stuck.length === 0) && (
        <ScopeList
          noun="API group"
          rows={free}
          columns={columns}
          rowKey={({ name }) => name}
          rowName={({ name }) => name}
          chosen={new Set(parts.apiGroups)}
          onChange={(apiGroups) => onChange({ ...parts, apiGroups })}
        />
      )}
      <StuckNote noun="API group" stuck={stuck} />
    </div>
  )
}

/** Functions, tasks and whatever else belongs to no API group. */
export function ScopeConstructs({ choices, parts, onChange, hasEffect }: ScopeLogicProps) {
  const columns = useMemo(() => (hasEffect ? withEffect(constructColumns) : constructColumns), [hasEffect])
  const stuck = useStuck(choices, hasEffect, (kind) => kind !== 'api_group')
  const stuckKeys = new Set(stuck.map(constructKey))
  const free = choices.constructs.filter((one) => !stuckKeys.has(constructKey(one)))
  return (
    <div className="flex flex-col gap-3">
      {(free.length > 0 || stuck.length === 0) && (
        <ScopeList
          noun="construct"
          rows={free}
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
      )}
      <StuckNote noun="construct" stuck={stuck} />
    </div>
  )
}
