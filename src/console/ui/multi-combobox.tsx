import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { X } from 'lucide-react'
import { useMemo } from 'react'

import { cx } from '#console/lib/cx.ts'

import { ChoiceList, isSameOption, matchesQuery, type SearchOption } from './choice-list.tsx'
import { popupClass } from './overlay-classes.ts'

export interface MultiComboboxProps {
  options: readonly SearchOption[]
  value: readonly string[]
  onValueChange: (value: string[]) => void
  onBlur?: (() => void) | undefined
  placeholder?: string | undefined
  emptyText?: string | undefined
  disabled?: boolean | undefined
  /** Needed when it stands outside a `Field`. */
  'aria-label'?: string | undefined
}

/** Some of many, shown as chips that can be removed one by one. */
export function MultiCombobox({ options, value, onValueChange, onBlur, placeholder = 'Choose', emptyText = 'Nothing matches.', disabled, ...rest }: MultiComboboxProps) {
  const chosen = useMemo(() => options.filter((option) => value.includes(option.value)), [options, value])
  return (
    <BaseCombobox.Root
      multiple
      items={options}
      value={chosen}
      onValueChange={(next: SearchOption[]) => onValueChange(next.map((option) => option.value))}
      isItemEqualToValue={isSameOption}
      filter={matchesQuery}
      disabled={disabled}
      autoHighlight
    >
      <BaseCombobox.InputGroup className="flex min-h-8 w-full cursor-text items-center rounded-md border border-line-strong bg-panel px-1.5 py-1 focus-within:border-accent focus-within:outline-2 focus-within:outline-focus data-disabled:opacity-60 data-invalid:border-danger">
        <BaseCombobox.Chips className="flex w-full flex-wrap items-center gap-1">
          {chosen.map((option) => (
            <Chip key={option.value} label={option.label} />
          ))}
          <BaseCombobox.Input
            aria-label={rest['aria-label']}
            placeholder={chosen.length > 0 ? '' : placeholder}
            onBlur={onBlur}
            className="h-5.5 min-w-16 flex-1 bg-transparent px-1 text-base outline-none"
          />
        </BaseCombobox.Chips>
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-50">
          <BaseCombobox.Popup className={cx(popupClass, 'w-(--anchor-width) min-w-56')}>
            <ChoiceList emptyText={emptyText} />
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  )
}

function Chip({ label }: { label: string }) {
  return (
    <BaseCombobox.Chip
      aria-label={label}
      aria-description="Press Backspace or Delete to remove"
      className="flex h-5.5 items-center gap-0.5 rounded-sm bg-muted pl-1.5 text-sm outline-none data-highlighted:bg-selected"
    >
      {label}
      <BaseCombobox.ChipRemove aria-label={`Remove ${label}`} className="grid size-5.5 place-items-center rounded-sm text-muted hover:text-foreground">
        <X aria-hidden className="size-3.5 stroke-[1.5]" />
      </BaseCombobox.ChipRemove>
    </BaseCombobox.Chip>
  )
}
