import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { isSameOption, matchesQuery, type SearchOption } from './choice-list.tsx'
import { ChoicePopup } from './choice-popup.tsx'

export interface SwitcherProps {
  /** What is switched: "Instance". Part of the button's accessible name. */
  label: string
  options: readonly SearchOption[]
  value: string | null
  onValueChange: (value: string) => void
  /** Shown while nothing is chosen. */
  placeholder: string
  /** Stands in for the chosen option's label while its list is loading. */
  valueLabel?: string | undefined
  emptyText?: string | undefined
  /** For opening by keyboard from outside. */
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  /** Under the list: "All instances", "New branch". */
  footer?: ReactNode
  className?: string | undefined
}

/** A breadcrumb that says where one is and opens a searchable list of where else one could be. */
export function Switcher({
  label,
  options,
  value,
  onValueChange,
  placeholder,
  valueLabel,
  emptyText = 'Nothing matches.',
  ...rest
}: SwitcherProps) {
  const chosen = options.find((option) => option.value === value) ?? null
  const text = chosen?.label ?? valueLabel
  return (
    <BaseCombobox.Root
      items={options}
      value={chosen}
      onValueChange={(option: SearchOption | null) => {
        if (option) onValueChange(option.value)
      }}
      isItemEqualToValue={isSameOption}
      filter={matchesQuery}
      open={rest.open}
      onOpenChange={(open) => rest.onOpenChange?.(open)}
      autoHighlight
    >
      <BaseCombobox.Trigger
        aria-label={`${label}: ${text ?? placeholder}`}
        className={cx(
          'inline-flex h-7 min-w-0 items-center gap-1 rounded-md px-1.5 text-base font-medium hover:bg-hover data-popup-open:bg-hover',
          !text && 'text-muted',
          rest.className,
        )}
      >
        <span className="truncate">{text ?? placeholder}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-muted" />
      </BaseCombobox.Trigger>
      <ChoicePopup
        aria-label={label}
        searchPlaceholder={`Search ${label.toLowerCase()}`}
        emptyText={emptyText}
        className="w-72 max-w-[calc(100vw-1rem)]"
        footer={rest.footer && <div className="border-t p-1">{rest.footer}</div>}
      />
    </BaseCombobox.Root>
  )
}
