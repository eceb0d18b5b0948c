import type { MergedTable, Restore } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

type Figures = Omit<MergedTable, 'table'>

/** `3 rows came back, 2 overwritten, 895 left as they were`; of what is zero only that no row came back is said. */
export function mergedWords({ added, overwritten, same }: Figures): string {
  return [
    added === 0 ? 'no row came back' : `${formatCount(added, 'row')} came back`,
    ...(overwritten === 0 ? [] : [`${formatNumber(overwritten)} overwritten`]),
    ...(same === 0 ? [] : [`${formatNumber(same)} left as ${same === 1 ? 'it was' : 'they were'}`]),
  ].join(', ')
}

/** Of all tables together; undefined where none was merged. */
export function mergedTotal(merged: Restore['merged']): Figures | undefined {
  if (merged.length === 0) return undefined
  const sum = (pick: (table: MergedTable) => number): number => merged.reduce((all, table) => all + pick(table), 0)
  return { added: sum((one) => one.added), overwritten: sum((one) => one.overwritten), same: sum((one) => one.same) }
}
