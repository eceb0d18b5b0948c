import { useQuery } from '@tanstack/react-query'

import { environmentOf, instances } from '#console/data/instances.ts'

/** The surroundings of the instance that this console belongs to; undefined where they are not known. */
export function useEnvironment() {
  const [builtIn] = useQuery(instances.list()).data ?? []
  return builtIn && environmentOf(builtIn)
}
