import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'

import { schedules } from '#console/data/schedules.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { FilterSelect } from '#console/ui/filter-select.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import type { BackupSearch } from './backup-search.ts'
import { dayName } from './calendar-days.ts'

const KINDS = [
  { value: 'all', label: 'All kinds' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'manual', label: 'Manual' },
  { value: 'safety', label: 'Safety' },
  { value: 'uploaded', label: 'Uploaded' },
] as const

const STATES = [
  { value: 'all', label: 'All states' },
  { value: 'good', label: 'Good' },
  { value: 'doubtful', label: 'With warnings' },
  { value: 'failed', label: 'Failed' },
] as const

const WHOSE = [
  { value: 'workspace', label: 'This workspace' },
  { value: 'all', label: 'All workspaces' },
] as const

const ANY = 'any'

interface RunFilterProps {
  workspaceId: number
  search: BackupSearch
  onChange: (change: Partial<BackupSearch>) => void
}

/** What the list is narrowed to. */
export function RunFilter({ workspaceId, search, onChange }: RunFilterProps) {
  const list = useQuery(schedules.list(workspaceId)).data ?? []
  const names = list.map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <Toolbar>
      <ChoiceChips
        aria-label="Kind"
        size="sm"
        choices={KINDS}
        value={search.kind}
        onValueChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label="State"
        options={STATES}
        value={search.state}
        onValueChange={(state) => onChange({ state })}
      />
      {names.length > 0 && (
        <FilterSelect
          label="Schedule"
          options={[{ value: ANY, label: 'Any schedule' }, ...names]}
          value={search.schedule === undefined ? ANY : String(search.schedule)}
          onValueChange={(next) => onChange({ schedule: next === ANY ? undefined : Number(next) })}
        />
      )}
      <FilterSelect label="Whose backups" options={WHOSE} value={search.of} onValueChange={(of) => onChange({ of })} />
      {search.day !== undefined && (
        <Button size="sm" onClick={() => onChange({ day: undefined })}>
          {dayName(search.day)} (UTC)
          <X aria-hidden />
          <span className="sr-only">: show all days</span>
        </Button>
      )}
    </Toolbar>
  )
}
