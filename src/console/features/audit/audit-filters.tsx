import { useQuery } from '@tanstack/react-query'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'

import { AuditOutcome } from '#api/contract/audit-console.ts'
import { AuditType } from '#api/contract/audit-log.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useIsNarrow } from '#console/lib/use-media-query.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { Button } from '#console/ui/button.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Select } from '#console/ui/select.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { ACTOR_KINDS, type AuditSearch, isFiltered, NO_FILTER } from './audit-search.ts'
import { ACTOR_WORDS, OUTCOME_WORDS, TYPE_WORDS } from './audit-words.ts'
import { ChosenChips } from './chosen-chips.tsx'
import { kindWords } from './deed-words.ts'
import { TimeFilter } from './time-filter.tsx'

interface AuditFiltersProps {
  search: AuditSearch
  onChange: (change: Partial<AuditSearch>) => void
}

type Choice<Key extends 'type' | 'outcome' | 'by'> = { value: AuditSearch[Key]; label: string }

const TYPES: Choice<'type'>[] = [
  { value: 'any', label: 'Any kind' },
  ...AuditType.options.map((value) => ({ value, label: TYPE_WORDS[value] })),
]

const OUTCOMES: Choice<'outcome'>[] = [
  { value: 'any', label: 'Any outcome' },
  ...AuditOutcome.options.map((value) => ({ value, label: OUTCOME_WORDS[value].words })),
]

const ACTORS: Choice<'by'>[] = [
  { value: 'any', label: 'Anybody' },
  ...ACTOR_KINDS.map((value) => ({ value, label: ACTOR_WORDS[value] })),
]

/** Kinds of things that people look for; any other can stand in the address. */
const KINDS = [
  'workspace',
  'branch',
  'data_source',
  'table',
  'rows',
  'row',
  'api_group',
  'query',
  'function',
  'middleware',
  'addon',
  'task',
  'table_trigger',
  'workspace_trigger',
  'agent_trigger',
  'mcp_server_trigger',
  'realtime_trigger',
  'realtime_channel',
  'realtime',
  'file',
  'upload',
  'backup',
  'restore',
  'schedule',
  'target',
  'notification_channel',
  'token',
  'token_policy',
  'user',
  'invitation',
  'session',
  'passkey',
  'oidc_provider',
  'sign_in_policy',
  'setting',
  'audit_log',
] as const

/** What the list is cut to. On a narrow screen all but the search waits behind a button. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const text = useSettledText(search.q, (q) => onChange({ q }))
  const isNarrow = useIsNarrow()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Toolbar>
      <SearchInput
        label="Search the log"
        placeholder="Thing or operation"
        value={text.text}
        onValueChange={text.setText}
        className="sm:w-40!"
      />
      {isNarrow && (
        <Button size="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <SlidersHorizontal aria-hidden />
          Filters
        </Button>
      )}
      {(!isNarrow || isOpen) && <FilterControls search={search} onChange={onChange} />}
      <ChosenChips search={search} onChange={onChange} />
      {/* Its place is kept: a first filter must not wrap the line and push the list down. */}
      <Button
        size="sm"
        variant="ghost"
        aria-label="Clear filters"
        className={isFiltered(search) ? undefined : 'invisible max-sm:hidden'}
        onClick={() => onChange(NO_FILTER)}
      >
        Clear
      </Button>
    </Toolbar>
  )
}

function FilterControls({ search, onChange }: AuditFiltersProps) {
  const who = useSettledText(search.who, (value) => onChange({ who: value }))
  return (
    <>
      <SearchInput
        label="Who"
        placeholder="Person, token"
        value={who.text}
        onValueChange={who.setText}
        className="w-34!"
      />
      <Select
        size="sm"
        aria-label="Done by"
        className="w-32!"
        options={ACTORS}
        // One token that is chosen stands beside this, and goes when another kind is asked for.
        value={search.token === undefined ? search.by : 'token'}
        onValueChange={(by) => onChange({ by, token: undefined })}
      />
      <Select
        size="sm"
        aria-label="Kind of write or read"
        className="w-30!"
        options={TYPES}
        value={search.type}
        onValueChange={(type) => onChange({ type })}
      />
      <Select
        size="sm"
        aria-label="Outcome"
        className="w-30!"
        options={OUTCOMES}
        value={search.outcome}
        onValueChange={(outcome) => onChange({ outcome })}
      />
      <Combobox
        size="sm"
        aria-label="Kind of thing"
        className="w-28!"
        options={kindOptions(search.kind)}
        value={search.kind || 'any'}
        onValueChange={(kind) => onChange({ kind: kind === 'any' ? '' : kind, target: '' })}
        searchPlaceholder="Search kinds"
      />
      <WorkspaceFilter value={search.workspace} onChange={(workspace) => onChange({ workspace })} />
      <TimeFilter search={search} onChange={onChange} />
    </>
  )
}

function kindOptions(chosen: string) {
  const kinds: string[] = KINDS.some((kind) => kind === chosen) || chosen === '' ? [...KINDS] : [...KINDS, chosen]
  return [
    { value: 'any', label: 'Anything' },
    ...kinds.map((value) => ({ value, label: kindWords(value), keywords: value })),
  ]
}

interface WorkspaceFilterProps {
  value: number | undefined
  onChange: (workspace: number | undefined) => void
}

function WorkspaceFilter({ value, onChange }: WorkspaceFilterProps) {
  const list = useQuery(workspaces.list())
  const known = (list.data ?? []).map(({ id, name }) => ({ value: String(id), label: name, keywords: String(id) }))
  // One that was deleted since is still in the log.
  const isGone = value !== undefined && !known.some((option) => option.value === String(value))
  const options = [
    { value: 'any', label: 'Any workspace' },
    ...known,
    ...(isGone ? [{ value: String(value), label: `Workspace ${value}` }] : []),
  ]
  return (
    <Combobox
      size="sm"
      aria-label="Workspace"
      className="w-36!"
      options={options}
      value={value === undefined ? 'any' : String(value)}
      onValueChange={(next) => onChange(next === 'any' ? undefined : Number(next))}
      searchPlaceholder="Search workspaces"
    />
  )
}
