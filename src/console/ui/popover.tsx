import { Popover as BasePopover } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { popupClass } from './overlay-classes.ts'

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement
  title?: ReactNode
  children: ReactNode
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  align?: 'start' | 'center' | 'end' | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  className?: string | undefined
}

/** A small card beside its button: a filter form, an explanation. */
export function Popover({
  trigger,
  title,
  children,
  open,
  onOpenChange,
  align = 'start',
  side = 'bottom',
  className,
}: PopoverProps) {
  return (
    <BasePopover.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <BasePopover.Popup
            className={cx(
              popupClass,
              'max-h-(--available-height) w-72 max-w-[calc(100vw-1rem)] overflow-y-auto p-3',
              className,
            )}
          >
            {title && <BasePopover.Title className="mb-2 text-base font-semibold">{title}</BasePopover.Title>}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  )
}
