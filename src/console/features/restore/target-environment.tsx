import { useQuery } from '@tanstack/react-query'

import { environmentOf, instances } from '#console/data/instances.ts'
import { EnvBadge } from '#console/ui/env-badge.tsx'

/** Production, staging or development: the word that makes somebody look twice. Nothing where it is not known. */
export function TargetEnvironment() {
  const [builtIn] = useQuery(instances.list()).data ?? []
  const environment = builtIn && environmentOf(builtIn)
  return environment === undefined ? null : <EnvBadge environment={environment} />
}
