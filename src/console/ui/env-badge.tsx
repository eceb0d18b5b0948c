import { cx } from '#console/lib/cx.ts'

import { environmentWords, type Environment } from './environment.ts'

const look: Record<Environment, string> = {
  production: 'bg-env-production-soft text-env-production',
  staging: 'bg-env-staging-soft text-env-staging',
  development: 'bg-env-development-soft text-env-development',
}

/** Which surroundings one is in, as a word in its colour. */
export function EnvBadge({ environment, className }: { environment: Environment; className?: string }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center rounded-sm px-1.5 text-xs font-medium',
        look[environment],
        className,
      )}
    >
      {environmentWords[environment]}
    </span>
  )
}
