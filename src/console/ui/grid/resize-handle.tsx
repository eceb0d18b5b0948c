import { useRef, type PointerEvent } from 'react'

/** The edge of a column, to be dragged. By keyboard the same is Shift with an arrow in the header. */
export function ResizeHandle({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const startRef = useRef<{ x: number; width: number } | null>(null)

  function handlePointerDown(event: PointerEvent<HTMLSpanElement>) {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    startRef.current = { x: event.clientX, width }
  }

  function handlePointerMove(event: PointerEvent<HTMLSpanElement>) {
    const start = startRef.current
    if (start) onResize(start.width + event.clientX - start.x)
  }

  return (
    <span
      aria-hidden
      data-resizer
      onPointerDown={handlePointerDown}
      onPointerMove={handlePointerMove}
      onPointerUp={() => (startRef.current = null)}
      onPointerCancel={() => (startRef.current = null)}
      className="absolute inset-y-0 -right-1 z-1 w-2 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-[3px] after:w-0.5 hover:after:bg-accent active:after:bg-accent"
    />
  )
}
