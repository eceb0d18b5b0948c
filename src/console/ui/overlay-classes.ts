/** A floating list or card: select, menu, combobox, popover. */
export const popupClass =
  'rounded-lg bg-overlay text-base text-foreground shadow-overlay outline-none transition-[opacity,transform] duration-[120ms] ' +
  'data-starting-style:opacity-0 data-starting-style:-translate-y-0.5 data-ending-style:opacity-0 data-instant:transition-none'

/** One choice inside a floating list. */
export const itemClass =
  'flex min-h-7 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-highlighted:bg-selected ' +
  'data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]'

/** What lies between the page and a dialog or sheet. */
export const backdropClass =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-[120ms] data-starting-style:opacity-0 data-ending-style:opacity-0'
