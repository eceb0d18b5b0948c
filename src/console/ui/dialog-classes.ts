/** The box of a dialog: centred, never larger than the window, scrolling inside. What takes the focus keeps its label in view. */
export const dialogPopupClass =
  'fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 scroll-py-20 overflow-y-auto overscroll-contain ' +
  'rounded-xl bg-overlay text-foreground shadow-overlay outline-none transition-[opacity,scale] duration-[120ms] ' +
  'data-starting-style:scale-[0.98] data-starting-style:opacity-0 data-ending-style:opacity-0'
