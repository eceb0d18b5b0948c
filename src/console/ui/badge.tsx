import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'

const badgeClasses = cva(
  'inline-flex h-5 w-fit shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:stroke-[1.5]',
  {
    variants: {
      tone: {
        neutral: 'bg-muted text-muted',
        accent: 'bg-accent-soft text-accent',
        success: 'bg-success-soft text-success',
        warning: 'bg-warning-soft text-warning',
        danger: 'bg-danger-soft text-danger',
        info: 'bg-info-soft text-info',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

export type Tone = NonNullable<VariantProps<typeof badgeClasses>['tone']>

export interface BadgeProps extends ComponentProps<'span'> {
  tone?: Tone | undefined
}

/** A state in a word. The colour repeats the word, it does not replace it. */
export function Badge({ tone, className, ...rest }: BadgeProps) {
  return <span {...rest} className={badgeClasses({ tone, className })} />
}
