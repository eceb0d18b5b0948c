import { cva, type VariantProps } from 'class-variance-authority'

/** A filled one at half strength would be dark words on a dark fill in the dark theme. */
const offFilled =
  'disabled:border-line disabled:bg-muted disabled:text-muted data-disabled:border-line data-disabled:bg-muted data-disabled:text-muted'
const offPlain = 'disabled:opacity-50 data-disabled:opacity-50'

/** The look shared by real buttons and by links that look like one. */
export const buttonClasses = cva(
  [
    // A label that is longer than its place wraps, rather than make the page wider.
    'inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-md border text-center font-medium wrap-break-word select-none',
    'transition-[background-color,border-color,color]',
    'disabled:pointer-events-none',
    '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]',
  ],
  {
    variants: {
      variant: {
        primary: ['border-transparent bg-accent text-accent-foreground hover:bg-accent-hover', offFilled],
        secondary: ['border-line-strong bg-panel text-foreground hover:bg-hover data-popup-open:bg-hover', offPlain],
        ghost: ['border-transparent text-foreground hover:bg-hover data-popup-open:bg-hover', offPlain],
        danger: ['border-transparent bg-danger text-danger-foreground hover:bg-danger-hover', offFilled],
        link: ['border-transparent text-accent underline-offset-4 hover:underline', offPlain],
      },
      size: {
        md: 'min-h-8 px-3 py-0.5 text-base',
        sm: 'min-h-7 px-2.5 py-0.5 text-sm',
        icon: 'size-8',
        'icon-sm': 'size-7',
      },
    },
    compoundVariants: [{ variant: 'link', class: 'min-h-0! px-0! py-0!' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonLook = VariantProps<typeof buttonClasses>
