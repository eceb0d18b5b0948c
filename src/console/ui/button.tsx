import { useRender } from '@base-ui/react/use-render'
import type { ComponentProps, MouseEvent, ReactElement } from 'react'

import { cx } from '#console/lib/cx.ts'

import { buttonClasses, type ButtonLook } from './button-classes.ts'
import { Spinner } from './spinner.tsx'

export interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** The effect is under way: keeps its width and the focus, ignores presses. */
  pending?: boolean | undefined
  /** Draws the look on another element, such as a router `Link`. */
  render?: ReactElement | undefined
}

/** The one button. Its words say the effect ("Revoke token"), not "OK". */
export function Button({ variant, size, pending = false, render, className, children, onClick, ...rest }: ButtonProps) {
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (pending) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    onClick?.(event)
  }

  return useRender({
    defaultTagName: 'button',
    render,
    props: {
      ...(render ? {} : { type: 'button' }),
      ...rest,
      className: cx(buttonClasses({ variant, size }), pending && 'relative', className),
      onClick: handleClick,
      ...(pending ? { 'aria-busy': true, 'aria-disabled': true } : {}),
      children: pending ? (
        <>
          <span className="contents *:opacity-0">
            <span className="inline-flex items-center gap-1.5">{children}</span>
          </span>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
        </>
      ) : (
        children
      ),
    },
  })
}
