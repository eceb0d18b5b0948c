import {
  cloneElement,
  useId,
  useRef,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
} from 'react'

import { placeTooltip, type Side } from './tooltip-place.ts'

/** Long enough that a pointer passing over shows nothing. */
const DELAY_MS = 350

interface AnchorProps {
  'aria-describedby'?: string | undefined
  'aria-label'?: string | undefined
  onPointerEnter?: ((event: PointerEvent<HTMLElement>) => void) | undefined
  onPointerLeave?: ((event: PointerEvent<HTMLElement>) => void) | undefined
  onPointerDown?: ((event: PointerEvent<HTMLElement>) => void) | undefined
  onFocus?: ((event: FocusEvent<HTMLElement>) => void) | undefined
  onBlur?: ((event: FocusEvent<HTMLElement>) => void) | undefined
}

export interface TooltipProps {
  content: ReactNode
  /** The element pointed at; it must accept DOM props. */
  children: ReactElement<AnchorProps>
  side?: Side | undefined
}

/**
 * A few words on hover or focus. Nothing may be readable only here: touch has no hover. Made of the browser's own
 * popover: it is on the first page, where the overlay library would cost a tenth of the page's script.
 */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const id = useId()
  const tip = useRef<HTMLSpanElement>(null)
  const timer = useRef<number>(undefined)
  const { props } = children

  function show(anchor: HTMLElement) {
    const element = tip.current
    if (element === null || !anchor.isConnected || element.matches(':popover-open')) return
    element.showPopover()
    const view = { width: innerWidth, height: innerHeight }
    const { left, top } = placeTooltip(anchor.getBoundingClientRect(), element.getBoundingClientRect(), view, side)
    element.style.left = `${left}px`
    element.style.top = `${top}px`
    addEventListener('scroll', hide, { capture: true, once: true })
    addEventListener('keydown', hide, { capture: true, once: true })
  }

  function hide() {
    clearTimeout(timer.current)
    removeEventListener('scroll', hide, { capture: true })
    removeEventListener('keydown', hide, { capture: true })
    if (tip.current?.matches(':popover-open')) tip.current.hidePopover()
  }

  // An icon button's words are its name already; everything else is described by them.
  const described = props['aria-label'] === undefined ? { 'aria-describedby': id } : {}
  return (
    <>
      {/* oxlint-disable-next-line react/refs -- only the handlers read the refs; they run after render */}
      {cloneElement(children, {
        ...described,
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event)
          const anchor = event.currentTarget
          if (event.pointerType !== 'touch') timer.current = window.setTimeout(() => show(anchor), DELAY_MS)
        },
        onPointerLeave: (event) => {
          props.onPointerLeave?.(event)
          hide()
        },
        onPointerDown: (event) => {
          props.onPointerDown?.(event)
          hide()
        },
        onFocus: (event) => {
          props.onFocus?.(event)
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget)
        },
        onBlur: (event) => {
          props.onBlur?.(event)
          hide()
        },
      })}
      <span
        ref={tip}
        id={id}
        role="tooltip"
        popover="manual"
        className="pointer-events-none fixed m-0 max-w-72 rounded-md bg-overlay px-2 py-1 text-xs font-normal whitespace-normal text-foreground shadow-overlay"
      >
        {content}
      </span>
    </>
  )
}
