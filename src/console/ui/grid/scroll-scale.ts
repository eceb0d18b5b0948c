/** Height of the header and of each row. */
export const rowHeightPx = 32

/** Browsers draw elements exactly only up to some height (Firefox about 17.8 million px, Chromium 33.5 million); this stays well below. */
export const maxScrollPx = 10_000_000

/** Rows drawn beyond the visible ones, so that a quick scroll meets no gap. */
const overscanRows = 8

/**
 * How far the content moves for each pixel of the scrollbar: 1 up to `maxScrollPx`, more above it, so that every row stays reachable in a scroll range the
 * browser can draw.
 */
export interface ScrollScale {
  contentPx: number
  physicalPx: number
  viewportPx: number
  factor: number
}

export function createScrollScale(rowCount: number, viewportPx: number): ScrollScale {
  const contentPx = rowCount * rowHeightPx
  const physicalPx = Math.min(contentPx, maxScrollPx)
  const scrollablePx = physicalPx - viewportPx
  return { contentPx, physicalPx, viewportPx, factor: scrollablePx > 0 ? (contentPx - viewportPx) / scrollablePx : 1 }
}

export function clampOffset({ contentPx, viewportPx }: ScrollScale, offset: number): number {
  return Math.min(Math.max(0, offset), Math.max(0, contentPx - viewportPx))
}

/**
 * The content's offset for a position of the scrollbar. An offset that was set exactly (by wheel or keyboard) stands as long as the scrollbar shows its rounded
 * image; only a real move of the scrollbar replaces it.
 */
export function settleOffset(scale: ScrollScale, offset: number, scrollTop: number): number {
  if (scale.factor === 1) return scrollTop
  if (Math.abs(offset / scale.factor - scrollTop) < 1) return clampOffset(scale, offset)
  return clampOffset(scale, scrollTop * scale.factor)
}

/** First and last row to draw, and those of them that are really in view. */
export function rowsInView(scale: ScrollScale, offset: number) {
  const lastRow = Math.round(scale.contentPx / rowHeightPx) - 1
  const firstVisible = Math.max(0, Math.floor(offset / rowHeightPx))
  const lastVisible = Math.min(lastRow, Math.ceil((offset + scale.viewportPx) / rowHeightPx) - 1)
  return {
    first: Math.max(0, firstVisible - overscanRows),
    last: Math.min(lastRow, lastVisible + overscanRows),
    firstVisible,
    lastVisible,
  }
}

/** The nearest offset at which a row is wholly in view. */
export function offsetShowingRow(scale: ScrollScale, offset: number, row: number): number {
  const top = row * rowHeightPx
  if (top < offset) return clampOffset(scale, top)
  if (top + rowHeightPx > offset + scale.viewportPx) return clampOffset(scale, top + rowHeightPx - scale.viewportPx)
  return offset
}
