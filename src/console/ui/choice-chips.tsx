import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { OwnLabel } from './own-label.tsx'

export interface Choice<Value extends string> {
  value: Value
  label: ReactNode
  disabled?: boolean | undefined
}

export interface ChoiceChipsProps<Value extends string> {
  choices: readonly Choice<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  size?: 'md' | 'sm' | undefined
  disabled?: boolean | undefined
  name?: string | undefined
  /** Needed when it stands outside a `Field group`. */
  'aria-label'?: string | undefined
  className?: string | undefined
}

/** One of a few, all in view: an expiry, a kind, a view. Arrow keys move the choice. */
export function ChoiceChips<Value extends string>(props: ChoiceChipsProps<Value>) {
  const { choices, value, onValueChange, size = 'md', disabled, name, className } = props
  return (
    <RadioGroup<Value | null>
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next)
      }}
      disabled={disabled}
      name={name}
      aria-label={props['aria-label']}
      className={cx('flex flex-wrap gap-1.5', className)}
    >
      {choices.map((choice) => (
        <OwnLabel key={choice.value}>
          <Radio.Root
            value={choice.value}
            disabled={choice.disabled}
            nativeButton
            render={(chip) => <button type="button" {...chip} />}
            className={cx(
              'inline-flex items-center gap-1.5 rounded-md border border-line-strong bg-panel font-medium whitespace-nowrap transition-[background-color,border-color]',
              'hover:bg-hover data-checked:border-accent data-checked:bg-accent-soft data-checked:text-accent data-disabled:opacity-50',
              '[&_svg]:size-4 [&_svg]:stroke-[1.5]',
              size === 'sm' ? 'h-7 px-2 text-sm' : 'h-8 px-3 text-base',
            )}
          >
            {choice.label}
          </Radio.Root>
        </OwnLabel>
      ))}
    </RadioGroup>
  )
}
