import { NumberField } from '@base-ui/react/number-field'
import type { Ref } from 'react'

import { cx } from '#console/lib/cx.ts'

import { controlClasses } from './control-classes.ts'

export interface NumberInputProps {
  value: number | null
  onValueChange: (value: number | null) => void
  onBlur?: (() => void) | undefined
  /** Shown inside at the right: "days", "MB". */
  unit?: string | undefined
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
  disabled?: boolean | undefined
  placeholder?: string | undefined
  id?: string | undefined
  name?: string | undefined
  'aria-label'?: string | undefined
  className?: string | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/** A number with its unit; arrow keys step, separators are written for the reader. */
export function NumberInput(props: NumberInputProps) {
  const { value, onValueChange, onBlur, unit, min, max, step, disabled, placeholder, id, name, className, ref } = props
  return (
    <NumberField.Root
      value={value}
      onValueChange={onValueChange}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      id={id}
      name={name}
      inputRef={ref}
    >
      <div className={cx('relative', className)}>
        <NumberField.Input
          aria-label={props['aria-label']}
          placeholder={placeholder}
          onBlur={onBlur}
          className={controlClasses({ className: cx('text-right tabular-nums', unit && 'pr-14') })}
        />
        {unit && (
          <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-sm text-muted">
            {unit}
          </span>
        )}
      </div>
    </NumberField.Root>
  )
}
