import { ListFilter, X } from 'lucide-react'
import { useRef, useState, type RefObject } from 'react'

import type { Column } from '#api/contract/columns.ts'
import { Button } from '#console/ui/button.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Popover } from '#console/ui/popover.tsx'

import { FilterForm } from './filter-form.tsx'
import { filterParts } from './filter-words.ts'
import type { RowFilter } from './row-search.ts'

export interface FilterBarProps {
  columns: readonly Column[]
  filters: readonly RowFilter[]
  onFiltersChange: (filters: RowFilter[]) => void
}

/** The conditions as chips; all of them must hold. A chip is pressed to change it. */
export function FilterBar({ columns, filters, onFiltersChange }: FilterBarProps) {
  const addRef = useRef<HTMLButtonElement>(null)

  /** The pressed button goes with its chip, so the focus moves first. */
  function leave(rest: RowFilter[]) {
    addRef.current?.focus()
    onFiltersChange(rest)
  }

  return (
    <>
      {filters.map((filter, index) => (
        <FilterChip
          // Two equal conditions are no harm, and a chip holds no state worth keeping.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          {...{ filter, columns }}
          onChange={(next) => onFiltersChange(filters.with(index, next))}
          onRemove={() => leave(filters.toSpliced(index, 1))}
        />
      ))}
      <AddFilter buttonRef={addRef} columns={columns} onAdd={(filter) => onFiltersChange([...filters, filter])} />
      {filters.length > 1 && (
        <Button size="sm" variant="ghost" onClick={() => leave([])}>
          Clear filters
        </Button>
      )}
    </>
  )
}

interface AddFilterProps {
  columns: readonly Column[]
  buttonRef: RefObject<HTMLButtonElement | null>
  onAdd: (filter: RowFilter) => void
}

function AddFilter({ columns, buttonRef, onAdd }: AddFilterProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Popover
      title="Add a filter"
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button ref={buttonRef} size="sm">
          <ListFilter aria-hidden />
          Filter
        </Button>
      }
    >
      <FilterForm
        columns={columns}
        submitLabel="Add filter"
        onSubmit={(filter) => {
          setIsOpen(false)
          onAdd(filter)
        }}
      />
    </Popover>
  )
}

interface FilterChipProps {
  filter: RowFilter
  columns: readonly Column[]
  onChange: (filter: RowFilter) => void
  onRemove: () => void
}

function FilterChip({ filter, columns, onChange, onRemove }: FilterChipProps) {
  const [isOpen, setIsOpen] = useState(false)
  const { column, operator, value, problem } = filterParts(filter, columns)
  const words = `${column} ${operator} ${value}`.trim()
  return (
    <div className="flex max-w-full items-center rounded-md border border-line-strong bg-panel">
      <Popover
        title="Change the filter"
        open={isOpen}
        onOpenChange={setIsOpen}
        trigger={
          <Button size="sm" variant="ghost" className="min-w-0 shrink border-none">
            <span className="truncate font-normal">
              <span className="font-medium">{column}</span> <span className="text-muted">{operator}</span> {value}
              {problem !== undefined && <span className="text-warning"> · not applied: {problem}</span>}
            </span>
          </Button>
        }
      >
        <FilterForm
          columns={columns}
          start={filter}
          submitLabel="Change filter"
          onSubmit={(next) => {
            setIsOpen(false)
            onChange(next)
          }}
        />
      </Popover>
      <IconButton size="sm" label={`Remove filter ${words}`} onClick={onRemove} className="border-none">
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
