import { Field as BaseField } from '@base-ui/react/field'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface FieldProps {
  label: ReactNode
  /** The one control: `Input`, `Select`, `ChoiceChips` … Its id, `aria-invalid` and `aria-describedby` come from here. */
  children: ReactNode
  hint?: ReactNode
  /** What is wrong and what would be right; marks the control invalid. */
  error?: string | undefined
  /** Says "optional" beside the label; everything else is required. */
  optional?: boolean | undefined
  /** For controls that are a group of choices rather than one box. */
  group?: boolean | undefined
  /** Keeps the name for assistive technology only. */
  hideLabel?: boolean | undefined
  className?: string | undefined
}

/** Label, control, hint and error as one; used with react-hook-form: `error={errors.name?.message}`. */
export function Field({ label, children, hint, error, optional, group, hideLabel, className }: FieldProps) {
  const labelClass = hideLabel ? 'sr-only' : 'text-sm font-medium text-foreground'
  return (
    <BaseField.Root invalid={error !== undefined} className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <BaseField.Label className={labelClass} {...(group ? { nativeLabel: false, render: <div /> } : {})}>
        {label}
        {optional && <span className="font-normal text-muted"> optional</span>}
      </BaseField.Label>
      {children}
      {hint && <BaseField.Description className="text-xs text-muted">{hint}</BaseField.Description>}
      {error !== undefined && (
        <BaseField.Error match className="flex items-start gap-1 text-xs text-danger">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0 stroke-[1.5]" />
          {error}
        </BaseField.Error>
      )}
    </BaseField.Root>
  )
}
