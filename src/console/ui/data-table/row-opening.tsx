import type { MouseEvent, ReactNode } from 'react'
import { useNavigate } from 'react-router'

import { cx } from '#console/lib/cx.ts'

import { TextLink } from '../text-link.tsx'
import type { RowOpening } from './data-column.ts'

const interactive =
  'a, button, input, select, textarea, label, summary, [role="button"], [role="checkbox"], [role="switch"]'

/** Whether a click was meant for the row itself: not for a control in it, nor for a menu that React nests in it but the page does not, nor to mark text. */
function isRowClick(event: MouseEvent): boolean {
  const { target, currentTarget } = event
  if (!(target instanceof Element) || !currentTarget.contains(target)) return false
  return target.closest(interactive) === null && String(getSelection()) === ''
}

/** The click on a row, for the mouse; the keyboard uses the `RowLink` in its first cell. */
export function useRowClick<Row>({ rowHref, onRowOpen }: RowOpening<Row>) {
  const navigate = useNavigate()
  if (!rowHref && !onRowOpen) return undefined

  return (event: MouseEvent, row: Row) => {
    if (!isRowClick(event)) return
    if (onRowOpen) return onRowOpen(row)
    const href = rowHref?.(row)
    if (href === undefined) return
    if (event.metaKey || event.ctrlKey) window.open(href)
    else void navigate(href)
  }
}

interface RowLinkProps<Row> extends RowOpening<Row> {
  row: Row
  children: ReactNode
  /** The whole row (the nearest positioned box) takes the press. */
  isStretched?: boolean | undefined
}

/** The row's name, as a link or button that opens it. */
export function RowLink<Row>({ row, rowHref, onRowOpen, children, isStretched }: RowLinkProps<Row>) {
  const stretched = isStretched ? 'after:absolute after:inset-0' : ''
  if (onRowOpen) {
    return (
      <button
        type="button"
        onClick={() => onRowOpen(row)}
        className={cx(
          'max-w-full rounded-xs text-left font-medium underline-offset-4 hover:underline',
          stretched || 'truncate',
        )}
      >
        {children}
      </button>
    )
  }
  if (rowHref) {
    return (
      <TextLink look="quiet" to={rowHref(row)} className={stretched}>
        {children}
      </TextLink>
    )
  }
  return children
}
