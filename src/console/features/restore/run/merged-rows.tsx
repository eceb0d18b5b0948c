import type { Restore } from '#api/contract/restores.ts'
import { formatCount } from '#console/lib/format.ts'
import { Panel } from '#console/ui/panel.tsx'

import { mergedWords } from './merged-words.ts'

/** The rest is counted. */
const TABLES_MAX = 100

/** What a merge did to the rows of each table; nothing where tables were replaced. */
export function MergedRows({ merged }: Pick<Restore, 'merged'>) {
  if (merged.length === 0) return null
  const rest = merged.length - TABLES_MAX
  return (
    <Panel title="What happened to the rows" flush>
      <ul className="text-sm">
        {merged.slice(0, TABLES_MAX).map((one) => (
          <li key={one.table} className="flex flex-wrap gap-x-3 px-4 py-1.5 not-last:border-b">
            <code className="min-w-0 font-mono wrap-anywhere">{one.table}</code>
            <span className="text-muted tabular-nums">{mergedWords(one)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="border-t px-4 py-1.5 text-sm text-muted">and {formatCount(rest, 'more table')}</p>}
    </Panel>
  )
}
