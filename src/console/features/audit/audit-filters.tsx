import { useQuery } from '@tanstack/react-query'
import { SlidersHorizontal, X } from 'lucide-react'
import { useState } from 'react'

import { workspaces } from '#console/data/workspaces.ts'
import { useIsNarrow } from '#console/lib/use-media-query.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { Button } from '#console/ui/button.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Select } from '#console/ui/select.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { type AuditSearch, isFiltered, NO_FILTER } from './audit-search.ts'
import { kindWords } from './audit-words.ts'
import { TimeFilter } from './time-filter.tsx'

interface AuditFiltersProps {
  search: AuditSearch
  onChange: (change: Partial<AuditSearch>) => void
}

const TYPES = [
  { value: 'any', label: 'Any kind of write' },
  { value: 'create', label: 'Created' },
  { value: 'update', label: 'Changed' },
  { value: 'delete', label: 'Deleted' },
  { value: 'export', label: 'Exported' },
  { value: 'import', label: 'Imported' },
  { value: 'login', label: 'Signed in' },
  { value: 'logout', label: 'Signed out' },
] as const

const OUTCOMES = [
  { value: 'any', label: 'Done or refused' },
  { value: 'done', label: 'Done' },
  { value: 'refused', label: 'Refused' },
] as const

/** Kinds of things that people look for; any other can stand in the address. */
const KINDS = [
  'workspace',
  'branch',
  'table',
  'rows',
  'row',
  'api_group',
  'file',
  'backup',
  'restore',
  'schedule',
  'target',
  'token',
  'user',
  'invitation',
  'session',
  'oidc_provider',
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
        placeholder="Thing, operation, address"
        value={text.text}
        onValueChange={text.setText}
      />
      {isNarrow && (
        <Button size="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <SlidersHorizontal aria-hidden />
          Filters
        </Button>
      )}
      {(!isNarrow || isOpen) && <FilterControls search={search} onChange={onChange} />}
      <Chosen search={search} onChange={onChange} />
      {isFiltered(search) && (
        <Button size="sm" variant="ghost" onClick={() => onChange(NO_FILTER)}>
          Clear filters
        </Button>
      )}
    </Toolbar>
  )
}

function FilterControls({ search, onChange }: AuditFiltersProps) {
  const who = useSettledText(search.who, (value) => onChange({ who: value }))
  return (
    <>
      <SearchInput
        label="Who"
        placeholder="Person or token"
        value={who.text}
        onValueChange={who.setText}
        className="w-40!"
      />
      <Select
        size="sm"
        aria-label="Kind of write"
        className="w-36!"
        options={TYPES}
        value={search.type}
        onValueChange={(type) => onChange({ type })}
      />
      <Select
        size="sm"
        aria-label="Outcome"
        className="w-36!"
        options={OUTCOMES}
        value={search.outcome}
        onValueChange={(outcome) => onChange({ outcome })}
      />
      <Combobox
        size="sm"
        aria-label="Kind of thing"
        className="w-36!"
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
    { value: 'any', label: 'Any thing' },
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

/** Filters that come by a link from elsewhere: each can be taken away. */
function Chosen({ search: { person, token, kind, target }, onChange }: AuditFiltersProps) {
  const chips = [
    person !== undefined && { words: `Person ${person}`, change: { person: undefined } },
    token !== undefined && { words: `Token ${token}`, change: { token: undefined } },
    target !== '' && { words: `${kind === '' ? 'Thing' : kindWords(kind)} ${target}`, change: { target: '' } },
  ].filter((chip) => chip !== false)
  return chips.map(({ words, change }) => (
    <Button key={words} size="sm" aria-label={`Remove filter ${words}`} onClick={() => onChange(change)}>
      {words}
      <X aria-hidden className="-mr-1" />
    </Button>
  ))
}
