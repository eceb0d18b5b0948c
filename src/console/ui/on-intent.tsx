import { cloneElement, Suspense, useState, type ReactElement, type ReactNode } from 'react'

import type { ButtonProps } from './button.tsx'

export interface OnIntentProps {
  /** Looks like the real control's own button. */
  standIn: ReactElement<Pick<ButtonProps, 'onClick' | 'onFocus' | 'onPointerEnter' | 'aria-haspopup'>>
  /** Starts fetching the code; called as soon as somebody reaches for the button. */
  preload: () => Promise<unknown>
  /** The real control, a lazy one, which opens itself when it comes. */
  children: ReactNode
  /** What it opens, for assistive technology. */
  popup?: 'menu' | 'dialog' | undefined
  /** Asked for by something else than the button, such as a key. */
  isWanted?: boolean | undefined
  onWanted?: (() => void) | undefined
}

/** Keeps the code of a popup out of the first page: a plain button stands in for the control until it is pressed. */
export function OnIntent({ standIn, preload, children, isWanted = false, onWanted, popup = 'menu' }: OnIntentProps) {
  const [wasPressed, setWasPressed] = useState(false)
  const start = () => void preload()
  const button = cloneElement(standIn, {
    'aria-haspopup': popup,
    onFocus: start,
    onPointerEnter: start,
    onClick: () => {
      setWasPressed(true)
      onWanted?.()
    },
  })
  return wasPressed || isWanted ? <Suspense fallback={button}>{children}</Suspense> : button
}
