import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import { useId, type ReactNode, type Ref } from 'react'

import { cx } from '#console/lib/cx.ts'

import { OwnLabel } from './own-label.tsx'

export interface CheckboxProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  /** Some, not all: the third state. */
  indeterminate?: boolean | undefined
  /** Visible words; without them `aria-label` is needed. */
  label?: ReactNode
  description?: ReactNode
  'aria-label'?: string | undefined
  disabled?: boolean | undefined
  name?: string | undefined
  id?: string | undefined
  className?: string | undefined
  ref?: Ref<HTMLElement> | undefined
}

/** Yes, no, or some. */
export function Checkbox({ label, description, className, indeterminate = false, ...rest }: CheckboxProps) {
  const ownId = useId()
  const box = (
    <BaseCheckbox.Root
      {...rest}
      indeterminate={indeterminate}
      aria-describedby={description ? `${ownId}-description` : undefined}
      className={cx(
        'grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-panel text-accent-foreground transition-[background-color,border-color]',
        'data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-indeterminate:border-accent data-indeterminate:bg-accent',
        'data-invalid:border-danger',
        !label && className,
      )}
    >
      <BaseCheckbox.Indicator className="grid">
        {indeterminate ? (
          <Minus aria-hidden className="size-3 stroke-3" />
        ) : (
          <Check aria-hidden className="size-3 stroke-3" />
        )}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  )
  if (!label) return rest['aria-label'] ? <OwnLabel>{box}</OwnLabel> : box
  return (
    <div className={cx('flex flex-col gap-0.5', className)}>
      <label className="flex w-fit items-start gap-2 text-base">
        <span className="mt-[0.15rem] flex">
          <OwnLabel>{box}</OwnLabel>
        </span>
        <span>{label}</span>
      </label>
      {description && (
        <p id={`${ownId}-description`} className="ml-6 text-xs text-muted">
          {description}
        </p>
      )}
    </div>
  )
}
