import { cva } from 'class-variance-authority'

/** The box that text is typed into or chosen in: inputs, selects, comboboxes. */
export const controlClasses = cva(
  [
    'w-full min-w-0 rounded-md border border-line-strong bg-panel text-foreground transition-[border-color]',
    'hover:border-foreground/60 focus-visible:border-accent focus-visible:outline-offset-0',
    'read-only:not-[button]:bg-muted disabled:cursor-not-allowed disabled:bg-muted disabled:opacity-60',
    'aria-invalid:border-danger aria-invalid:focus-visible:outline-danger data-invalid:border-danger',
  ],
  {
    variants: {
      size: { md: 'h-8 px-2.5 text-base', sm: 'h-7 px-2 text-sm', area: 'min-h-20 px-2.5 py-1.5 text-base' },
      mono: { true: 'font-mono text-sm', false: '' },
    },
    defaultVariants: { size: 'md', mono: false },
  },
)
