import { EnvBadge } from '#console/ui/env-badge.tsx'

import { useEnvironment } from './use-environment.ts'

/** Production, staging or development: the word that makes somebody look twice. Nothing where it is not known. */
export function TargetEnvironment() {
  const environment = useEnvironment()
  return environment === undefined ? null : <EnvBadge environment={environment} />
}
