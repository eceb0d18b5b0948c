import type { ComponentProps } from 'react'

export interface ScrollRegionProps extends ComponentProps<'section'> {
  'aria-label': string
}

/** A named place that scrolls by itself and can be scrolled by keyboard. */
export function ScrollRegion(props: ScrollRegionProps) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without the focus the keyboard could not scroll it
  return <section {...props} tabIndex={0} />
}
