/**
 * The box of a dialog: centred, never larger than the window, scrolling between its head and foot. What takes the focus
 * is brought out from behind both, its label too; a button of the foot is never behind anything.
 */
export const dialogPopupClass =
  'fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto overscroll-contain ' +
  'scroll-py-20 has-[[data-dialog-foot]:focus-within]:scroll-pb-0 ' +
  'rounded-xl bg-overlay text-foreground shadow-overlay outline-none transition-[opacity,scale] duration-[120ms] ' +
  'data-starting-style:scale-[0.98] data-starting-style:opacity-0 data-ending-style:opacity-0'

/** In a window too low for a head, a foot and something between them, all of it scrolls. */
const stays = '[@media(min-height:30rem)]:sticky z-10 border-line bg-overlay'

/** The name of the dialog, in view while the rest scrolls. `data-dialog-head` goes with it. */
export const dialogHeadClass = `${stays} top-0 flex items-start justify-between gap-4 px-5 [@media(min-height:30rem)]:border-b pt-4 pb-1.5`

/** What scrolls; a foot at its end reaches over its padding. */
export const dialogBodyClass = 'px-5 pb-5'

/** The buttons, in view while the rest scrolls: within `dialogBodyClass`, at its end. `data-dialog-foot` goes with it. */
export const dialogFootClass = `${stays} bottom-0 -mx-5 mt-2 -mb-5 flex flex-wrap items-center justify-end gap-2 px-5 pt-3 pb-4 [@media(min-height:30rem)]:border-t`
