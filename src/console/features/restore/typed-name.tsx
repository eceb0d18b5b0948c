import { useState } from 'react'

import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

export interface TypedNameProps {
  name: string
  value: string
  onChange: (value: string) => void
  disabled: boolean
}

/** The name of what is overwritten, typed. */
export function TypedName({ name, value, onChange, disabled }: TypedNameProps) {
  const [isWrong, setIsWrong] = useState(false)
  return (
    <Field
      label={
        <>
          Type <code className="rounded-xs bg-muted px-1 py-px font-mono wrap-anywhere select-all">{name}</code> to
          confirm
        </>
      }
      error={isWrong ? 'That is not the name. Type it exactly: capitals count.' : undefined}
      className="max-w-md"
    >
      <Input
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          setIsWrong(false)
        }}
        onKeyDown={(event) => {
          // The button is locked until the name is right, and a locked button submits nothing.
          if (event.key === 'Enter' && value.trim() !== name) setIsWrong(value.trim() !== '')
        }}
        mono
        spellCheck={false}
        disabled={disabled}
      />
    </Field>
  )
}
