import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { ChevronsUpDown } from 'lucide-react'

import { cx } from '#console/lib/cx.ts'

import { isSameOption, matchesQuery, type SearchOption } from './choice-list.tsx'
import { ChoicePopup } from './choice-popup.tsx'
import { controlClasses } from './control-classes.ts'

export interface ComboboxProps {
  options: readonly SearchOption[]
  value: string | null
  onValueChange: (value: string) => void
  onBlur?: (() => void) | undefined
  placeholder?: string | undefined
  searchPlaceholder?: string | undefined
  emptyText?: string | undefined
  size?: 'md' | 'sm' | undefined
  disabled?: boolean | undefined
  name?: string | undefined
  /** Needed when it stands outside a `Field`. */
  'aria-label'?: string | undefined
  className?: string | undefined
}

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const {
    options,
    value,
    onValueChange,
    placeholder = 'Choose',
    searchPlaceholder = 'Search',
    emptyText = 'Nothing matches.',
    size,
  } = props
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <BaseCombobox.Root
      items={options}
      value={chosen}
      onValueChange={(option: SearchOption | null) => {
        if (option) onValueChange(option.value)
      }}
      isItemEqualToValue={isSameOption}
      filter={matchesQuery}
      disabled={props.disabled}
      name={props.name}
      autoHighlight
    >
      <BaseCombobox.Trigger
        aria-label={props['aria-label']}
        onBlur={props.onBlur}
        className={controlClasses({
          size,
          className: cx('flex items-center justify-between gap-2 text-left', props.className),
        })}
      >
        <span className={cx('truncate', !chosen && 'text-muted')}>{chosen?.label ?? placeholder}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-muted" />
      </BaseCombobox.Trigger>
      <ChoicePopup
        aria-label={props['aria-label'] ?? placeholder}
        searchPlaceholder={searchPlaceholder}
        emptyText={emptyText}
        className="w-(--anchor-width) min-w-64"
      />
    </BaseCombobox.Root>
  )
}
