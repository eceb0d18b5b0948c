import type { Environment } from './environment.ts'

const look: Record<Environment, string> = {
  production: 'bg-env-production',
  staging: 'bg-env-staging',
  development: 'bg-env-development',
}

/** The 4 px line over everything; the word for it is in the header's `EnvBadge`. Neutral while nothing is chosen. */
export function EnvBand({ environment }: { environment?: Environment | undefined }) {
  return <div aria-hidden className={`h-1 shrink-0 ${environment ? look[environment] : 'bg-(--line)'}`} />
}
