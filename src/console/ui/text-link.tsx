import { Link, type LinkProps } from 'react-router'

import { cx } from '#console/lib/cx.ts'

export interface TextLinkProps extends Omit<LinkProps, 'className'> {
  /** `quiet` reads as text until pointed at: for names in lists. */
  look?: 'accent' | 'quiet' | undefined
  className?: string | undefined
}

/** A link inside text or a table cell. */
export function TextLink({ look = 'accent', className, ...rest }: TextLinkProps) {
  return (
    <Link
      {...rest}
      className={cx(
        'rounded-xs underline-offset-4 hover:underline',
        look === 'accent' ? 'text-accent underline decoration-line-strong' : 'font-medium text-foreground',
        className,
      )}
    />
  )
}
