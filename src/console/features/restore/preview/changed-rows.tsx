import type { RowSample } from '#api/contract/diffs.ts'

import { PickBox } from './pick-box.tsx'
import type { RowPick } from './row-pick.ts'
import { SampleValue } from './sample-value.tsx'

const headClass = 'border-b px-3 py-1.5 text-left text-xs font-medium text-muted'

export interface ChangedRowsProps {
  samples: readonly RowSample[]
  /** Gives each row a box. */
  pick?: RowPick | undefined
  /** They stay as they are: the backup's values are shown and do not come. */
  isKept?: boolean | undefined
}

/** Rows that both sides have, column by column: what is there now, and what comes. */
export function ChangedRows({ samples, pick, isKept = false }: ChangedRowsProps) {
  return (
    <div className="flex flex-col gap-2">
      {samples.map((sample) => (
        <div key={sample.id} className="overflow-clip rounded-lg border">
          <table className="w-full table-fixed text-sm">
            <caption className="border-b bg-muted px-3 py-1 text-left text-xs text-muted">
              <span className="flex items-center gap-2">
                {pick && <PickBox id={sample.id} pick={pick} />}
                <span>
                  Row <span className="font-mono">{sample.id}</span>
                </span>
              </span>
            </caption>
            <thead>
              <tr>
                <th scope="col" className={headClass}>
                  Column
                </th>
                <th scope="col" className={headClass}>
                  {isKept ? 'now' : '− now'}
                </th>
                <th scope="col" className={headClass}>
                  {isKept ? 'in the backup' : '+ after'}
                </th>
              </tr>
            </thead>
            <tbody>
              <Differences sample={sample} />
            </tbody>
          </table>
        </div>
      ))}
    </div>
  )
}

/** Long values are cut and sensitive ones hidden by the server: then nothing may be left that could be shown. */
function Differences({ sample }: { sample: RowSample }) {
  const names = differingColumns(sample)
  if (names.length === 0) {
    return (
      <tr>
        <td colSpan={3} className="px-3 py-1.5 text-muted">
          It differs in a value that is hidden or cut here.
        </td>
      </tr>
    )
  }
  return names.map((name) => (
    <tr key={name} className="not-last:border-b">
      <th scope="row" className="px-3 py-1.5 text-left align-top font-mono text-xs font-normal wrap-anywhere">
        {name}
      </th>
      <td className="px-3 py-1.5 align-top wrap-anywhere">
        <SampleValue value={sample.now?.[name]} />
      </td>
      <td className="px-3 py-1.5 align-top font-medium wrap-anywhere">
        <SampleValue value={sample.inArchive?.[name]} />
      </td>
    </tr>
  ))
}

function differingColumns({ now, inArchive }: RowSample): string[] {
  const names = [...new Set([...Object.keys(now ?? {}), ...Object.keys(inArchive ?? {})])]
  return names.filter((name) => now?.[name] !== inArchive?.[name])
}
