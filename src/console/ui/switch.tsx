import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useId, type ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { OwnLabel } from './own-label.tsx'

export interface SwitchProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label?: ReactNode
  description?: ReactNode
  'aria-label'?: string | undefined
  disabled?: boolean | undefined
  className?: string | undefined
}

/** Something that is on or off and takes effect at once; in a form that is saved later use `Checkbox`. */
export function Switch({ label, description, className, ...rest }: SwitchProps) {
  const ownId = useId()
  const knob = (
    <BaseSwitch.Root
      {...rest}
      aria-describedby={description ? `${ownId}-description` : undefined}
      className={cx(
        'relative inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-muted p-px transition-[background-color,border-color]',
        'data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50',
        !label && className,
      )}
    >
      <BaseSwitch.Thumb className="size-3.5 rounded-full bg-(--ink-muted) transition-transform data-checked:translate-x-3.5 data-checked:bg-(--accent-contrast)" />
    </BaseSwitch.Root>
  )
  if (!label) return rest['aria-label'] ? <OwnLabel>{knob}</OwnLabel> : knob
  return (
    <div className={cx('flex flex-col gap-0.5', className)}>
      <label className="flex w-fit items-center gap-2 text-base">
        <OwnLabel>{knob}</OwnLabel>
        {label}
      </label>
      {description && (
        <p id={`${ownId}-description`} className="ml-10 text-xs text-muted">
          {description}
        </p>
      )}
    </div>
  )
}
