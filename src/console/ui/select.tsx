import { Select as BaseSelect } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode, Ref } from 'react'

import { cx } from '#console/lib/cx.ts'

import { controlClasses } from './control-classes.ts'
import { itemClass, popupClass } from './overlay-classes.ts'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  description?: string | undefined
  icon?: ReactNode
  disabled?: boolean | undefined
}

export interface SelectProps<Value extends string> {
  options: readonly SelectOption<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  onBlur?: (() => void) | undefined
  placeholder?: string | undefined
  size?: 'md' | 'sm' | undefined
  disabled?: boolean | undefined
  name?: string | undefined
  /** Needed when it stands outside a `Field`. */
  'aria-label'?: string | undefined
  className?: string | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

/** One of a few. For more than about ten use `Combobox`, for two to six that fit on a line `ChoiceChips`. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onValueChange, onBlur, placeholder = 'Choose', size, disabled, name, className, ref } = props
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      disabled={disabled}
      name={name}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next)
      }}
    >
      <BaseSelect.Trigger
        ref={ref}
        aria-label={props['aria-label']}
        onBlur={onBlur}
        className={controlClasses({
          size,
          className: cx('flex items-center justify-between gap-2 text-left', className),
        })}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-muted" />
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-muted" />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner alignItemWithTrigger={false} sideOffset={4} collisionPadding={8} className="z-50">
          <BaseSelect.Popup
            className={cx(popupClass, 'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1')}
          >
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}

function SelectItem({ option }: { option: SelectOption<string> }) {
  return (
    <BaseSelect.Item value={option.value} disabled={option.disabled} className={itemClass}>
      {option.icon}
      <div className="min-w-0 flex-1">
        <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
        {option.description && <div className="text-xs text-muted">{option.description}</div>}
      </div>
      <BaseSelect.ItemIndicator>
        <Check aria-hidden className="text-accent" />
      </BaseSelect.ItemIndicator>
    </BaseSelect.Item>
  )
}
