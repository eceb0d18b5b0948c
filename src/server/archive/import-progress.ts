import type { ImportProgress, ImportRequest } from './import-request.ts'
import { countRows, type LoadProgress } from './load-members.ts'
import type { ManifestTable } from './manifest.ts'

/** Tells how far an import of these tables has come: `step` while rows are read, nothing or everything otherwise. */
export function progressOf(
  { onProgress }: Pick<ImportRequest, 'onProgress'>,
  tables: readonly ManifestTable[],
): (stage: ImportProgress['stage'], step?: LoadProgress) => void {
  const tablesTotal = tables.reduce((sum, table) => sum + table.rows.length, 0)
  const rowsTotal = countRows(tables)
  return (stage, step) => {
    const isLoaded = stage === 'keys' || stage === 'swapping'
    const done = isLoaded ? { tablesDone: tablesTotal, rows: rowsTotal } : { tablesDone: 0, rows: 0 }
    onProgress?.({ stage, current: null, ...done, tablesTotal, rowsTotal, ...step })
  }
}
