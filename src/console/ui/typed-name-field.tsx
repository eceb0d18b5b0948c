import { useState, type Ref } from 'react'

import { cx } from '#console/lib/cx.ts'

import { CopyButton } from './copy-button.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

export interface TypedNameFieldProps {
  /** What has to be typed. */
  name: string
  value: string
  onChange: (value: string) => void
  disabled: boolean
  /** Said when Enter is pressed on something else. */
  mismatchWords?: string | undefined
  className?: string | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/** Longer ones are no safer typed than copied, and cannot be typed on a phone. */
const LONG_NAME = 40

/** Whether the name was typed; spaces around it do not count, capitals do. */
export const isTypedName = (name: string, value: string): boolean => value.trim() === name

/** The name of what is lost, typed before the button beside it works. */
export function TypedNameField({ name, value, onChange, disabled, className, ref, ...rest }: TypedNameFieldProps) {
  const { mismatchWords = 'Not the same. Type it exactly as it stands above.' } = rest
  const [isWrong, setIsWrong] = useState(false)
  const isLong = name.length > LONG_NAME
  return (
    <div className={cx('relative', className)}>
      <Field
        label={
          <span className={isLong ? 'block pr-8' : 'block'}>
            Type <code className="rounded-xs bg-muted px-1 py-px font-mono wrap-anywhere select-all">{name}</code> to
            confirm
          </span>
        }
        error={isWrong ? mismatchWords : undefined}
      >
        <Input
          ref={ref}
          value={value}
          onChange={(event) => {
            onChange(event.target.value)
            setIsWrong(false)
          }}
          // The locked button takes no Enter, and would not say why.
          onKeyDown={(event) => {
            if (event.key === 'Enter') setIsWrong(value.trim() !== '' && !isTypedName(name, value))
          }}
          mono
          spellCheck={false}
          disabled={disabled}
        />
      </Field>
      {/* Beside the label: within it, its words would be part of the field's name. After the field in the order of Tab. */}
      {isLong && <CopyButton text={name} label="Copy name" className="absolute -top-0.5 right-0 size-6!" />}
    </div>
  )
}
