import { Field } from '@base-ui/react/field'
import type { ComponentProps } from 'react'

import { controlClasses } from './control-classes.ts'

export interface TextareaProps extends Omit<ComponentProps<'textarea'>, 'value' | 'defaultValue'> {
  value?: string | undefined
  defaultValue?: string | undefined
  mono?: boolean | undefined
}

/** Several lines of text. */
export function Textarea({ mono, className, value, defaultValue, ref, rows = 4, ...rest }: TextareaProps) {
  return (
    <Field.Control
      value={value}
      defaultValue={defaultValue}
      render={<textarea {...rest} ref={ref} rows={rows} />}
      className={controlClasses({ size: 'area', mono, className })}
    />
  )
}
