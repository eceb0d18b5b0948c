import { Input } from '#console/ui/input.tsx'
import { Select } from '#console/ui/select.tsx'

import type { AuditSearch } from './audit-search.ts'
import { fromLocal, toLocal } from './local-moment.ts'

const RANGES = [
  { value: 'any', label: 'Any time' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: 'between', label: 'Between' },
] as const

interface TimeFilterProps {
  search: AuditSearch
  onChange: (change: Partial<AuditSearch>) => void
}

/** When it happened: counted back from now, or between two moments in the reader's own time. */
export function TimeFilter({ search: { range, from, to }, onChange }: TimeFilterProps) {
  return (
    <>
      <Select
        size="sm"
        aria-label="Time"
        className="w-32!"
        options={RANGES}
        value={range}
        onValueChange={(next) => onChange({ range: next, ...(next !== 'between' && { from: '', to: '' }) })}
      />
      {range === 'between' && (
        <>
          <Input
            size="sm"
            type="datetime-local"
            aria-label="From"
            className="w-48!"
            value={toLocal(from)}
            onChange={(event) => onChange({ from: fromLocal(event.target.value) })}
          />
          <Input
            size="sm"
            type="datetime-local"
            aria-label="To, not included"
            className="w-48!"
            value={toLocal(to)}
            onChange={(event) => onChange({ to: fromLocal(event.target.value) })}
          />
        </>
      )}
    </>
  )
}
