import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { Plus, X } from 'lucide-react'
import { type Ref, useMemo } from 'react'

import { cx } from '#console/lib/cx.ts'

import { isSameOption, matchesQuery, type SearchOption } from './choice-list.tsx'
import { ChoicePopup } from './choice-popup.tsx'

export interface MultiComboboxProps {
  options: readonly SearchOption[]
  value: readonly string[]
  onValueChange: (value: string[]) => void
  onBlur?: (() => void) | undefined
  /** Of the button, to move the focus there. */
  ref?: Ref<HTMLButtonElement> | undefined
  /** On the button while nothing is chosen. */
  placeholder?: string | undefined
  /** On the button afterwards. */
  addLabel?: string | undefined
  searchPlaceholder?: string | undefined
  emptyText?: string | undefined
  disabled?: boolean | undefined
  /** Needed when it stands outside a `Field`. */
  'aria-label'?: string | undefined
}

/** Some of many, shown as chips that can be removed one by one. */
export function MultiCombobox(props: MultiComboboxProps) {
  const {
    options,
    value,
    onValueChange,
    placeholder = 'Choose',
    addLabel = 'Add',
    searchPlaceholder = 'Search',
    emptyText = 'Nothing matches.',
    disabled,
    onBlur,
    ref,
    'aria-label': ariaLabel,
  } = props
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
      <div
        className={cx(
          'flex min-h-8 w-full flex-wrap items-center gap-1 rounded-md border border-line-strong bg-panel p-1 has-[[data-invalid]]:border-danger',
          disabled && 'opacity-60',
        )}
      >
        {chosen.map((option) => (
          <Chip
            key={option.value}
            label={option.label}
            disabled={disabled}
            onRemove={() => onValueChange(value.filter((other) => other !== option.value))}
          />
        ))}
        <BaseCombobox.Trigger
          ref={ref}
          aria-label={ariaLabel}
          onBlur={onBlur}
          className="inline-flex h-5.5 min-w-20 flex-1 items-center gap-1 rounded-sm px-1.5 text-sm text-muted hover:text-foreground focus-visible:outline-offset-0"
        >
          <Plus aria-hidden className="size-3.5 stroke-[1.5]" />
          {chosen.length > 0 ? addLabel : placeholder}
        </BaseCombobox.Trigger>
      </div>
      <ChoicePopup
        aria-label={ariaLabel ?? searchPlaceholder}
        searchPlaceholder={searchPlaceholder}
        emptyText={emptyText}
        className="w-80 max-w-[calc(100vw-1rem)]"
        offset={8}
      />
    </BaseCombobox.Root>
  )
}

function Chip({ label, disabled, onRemove }: { label: string; disabled: boolean | undefined; onRemove: () => void }) {
  return (
    <span className="flex h-5.5 max-w-full items-center rounded-sm bg-muted pl-1.5 text-sm">
      <span className="truncate">{label}</span>
      <button
        type="button"
        aria-label={`Remove ${label}`}
        disabled={disabled}
        onClick={onRemove}
        className="grid size-5.5 shrink-0 place-items-center rounded-sm text-muted hover:text-foreground focus-visible:outline-offset-0"
      >
        <X aria-hidden className="size-3.5 stroke-[1.5]" />
      </button>
    </span>
  )
}
