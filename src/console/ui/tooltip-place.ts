export type Side = 'top' | 'right' | 'bottom' | 'left'

interface Box {
  left: number
  top: number
  width: number
  height: number
}

const GAP_PX = 6
const EDGE_PX = 8

const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' }

function beside(anchor: Box, tip: { width: number; height: number }, side: Side): { left: number; top: number } {
  const left = anchor.left + anchor.width / 2 - tip.width / 2
  const top = anchor.top + anchor.height / 2 - tip.height / 2
  if (side === 'top') return { left, top: anchor.top - tip.height - GAP_PX }
  if (side === 'bottom') return { left, top: anchor.top + anchor.height + GAP_PX }
  if (side === 'left') return { left: anchor.left - tip.width - GAP_PX, top }
  return { left: anchor.left + anchor.width + GAP_PX, top }
}

const within = (value: number, size: number, limit: number): boolean =>
  value >= EDGE_PX && value + size <= limit - EDGE_PX

const clamp = (value: number, size: number, limit: number): number =>
  Math.max(EDGE_PX, Math.min(value, limit - size - EDGE_PX))

/** Where a tip goes, in viewport pixels: at the wished side if it fits there, else opposite, never over an edge. */
export function placeTooltip(
  anchor: Box,
  tip: { width: number; height: number },
  view: { width: number; height: number },
  wished: Side,
): { left: number; top: number } {
  const fits = (side: Side): boolean => {
    const { left, top } = beside(anchor, tip, side)
    return side === 'left' || side === 'right'
      ? within(left, tip.width, view.width)
      : within(top, tip.height, view.height)
  }
  const side = fits(wished) || !fits(OPPOSITE[wished]) ? wished : OPPOSITE[wished]
  const { left, top } = beside(anchor, tip, side)
  return { left: clamp(left, tip.width, view.width), top: clamp(top, tip.height, view.height) }
}
