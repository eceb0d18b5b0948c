import { Input as BaseInput } from '@base-ui/react/input'
import type { ComponentProps } from 'react'

import { controlClasses } from './control-classes.ts'

export interface InputProps extends Omit<ComponentProps<'input'>, 'size' | 'value' | 'defaultValue'> {
  value?: string | undefined
  defaultValue?: string | undefined
  size?: 'md' | 'sm' | undefined
  /** For ids, code, expressions. */
  mono?: boolean | undefined
}

/** One line of text; inside a `Field` its label, hint and error are wired. */
export function Input({ size, mono, className, ...rest }: InputProps) {
  return <BaseInput autoComplete="off" {...rest} className={controlClasses({ size, mono, className })} />
}
