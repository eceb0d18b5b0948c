import { Link, type LinkProps } from 'react-router'

import { buttonClasses, type ButtonLook } from './button-classes.ts'

export interface ButtonLinkProps extends Omit<LinkProps, 'className'>, ButtonLook {
  className?: string | undefined
}

/** A link that looks like a button: for going somewhere, never for an effect. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={buttonClasses({ variant, size, className })} />
}
