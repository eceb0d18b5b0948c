import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

import {
  clampOffset,
  createScrollScale,
  offsetShowingRow,
  rowHeightPx,
  rowsInView,
  settleOffset,
} from './scroll-scale.ts'

interface RowWindow {
  first: number
  last: number
  firstVisible: number
  lastVisible: number
  /** Added to a row's own offset to get its place in the scroll range. */
  shift: number
}

const wheelUnitPx = { 0: 1, 1: rowHeightPx, 2: 20 * rowHeightPx } as const

/** Which rows to draw and where, for any number of them. Rows are equally high, so this is arithmetic; columns, which are not, use TanStack Virtual. */
export function useRowWindow(scrollRef: RefObject<HTMLElement | null>, rowCount: number) {
  const [rows, setRows] = useState<RowWindow>({ first: 0, last: -1, firstVisible: 0, lastVisible: -1, shift: 0 })
  const offsetRef = useRef(0)

  const measure = useCallback(
    () => createScrollScale(rowCount, Math.max(0, (scrollRef.current?.clientHeight ?? 0) - rowHeightPx)),
    [rowCount, scrollRef],
  )

  const update = useCallback(() => {
    const element = scrollRef.current
    if (!element) return
    const scale = measure()
    offsetRef.current = settleOffset(scale, offsetRef.current, element.scrollTop)
    const next = { ...rowsInView(scale, offsetRef.current), shift: Math.round(element.scrollTop - offsetRef.current) }
    setRows((previous) => (isSame(previous, next) ? previous : next))
  }, [measure, scrollRef])

  const moveTo = useCallback(
    (offset: number) => {
      const element = scrollRef.current
      if (!element) return false
      const scale = measure()
      const next = clampOffset(scale, offset)
      const hasMoved = next !== offsetRef.current
      offsetRef.current = next
      element.scrollTop = next / scale.factor
      update()
      return hasMoved
    },
    [measure, scrollRef, update],
  )

  useLayoutEffect(() => {
    const element = scrollRef.current
    if (!element) return undefined
    // Drawn before the browser paints, so that a quick scroll does not show a gap first.
    const handleScroll = () => flushSync(update)
    const handleWheel = (event: WheelEvent) => {
      // Where one pixel of the scrollbar stands for several of content, the wheel moves the content itself.
      if (measure().factor === 1 || event.ctrlKey || event.deltaY === 0 || event.shiftKey) return
      const unit = wheelUnitPx[event.deltaMode as keyof typeof wheelUnitPx] ?? 1
      if (!moveTo(offsetRef.current + event.deltaY * unit)) return
      event.preventDefault()
      element.scrollLeft += event.deltaX * unit
    }
    const observer = new ResizeObserver(update)
    observer.observe(element)
    element.addEventListener('scroll', handleScroll, { passive: true })
    element.addEventListener('wheel', handleWheel, { passive: false })
    update()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', handleScroll)
      element.removeEventListener('wheel', handleWheel)
    }
  }, [measure, moveTo, scrollRef, update])

  const scrollToRow = useCallback(
    (row: number) => moveTo(offsetShowingRow(measure(), offsetRef.current, row)),
    [measure, moveTo],
  )

  return {
    ...rows,
    scrollToRow,
    bodyPx: createScrollScale(rowCount, 0).physicalPx,
    pageRows: Math.max(1, rows.lastVisible - rows.firstVisible),
  }
}

function isSame(a: RowWindow, b: RowWindow): boolean {
  return (
    a.first === b.first &&
    a.last === b.last &&
    a.firstVisible === b.firstVisible &&
    a.lastVisible === b.lastVisible &&
    a.shift === b.shift
  )
}
