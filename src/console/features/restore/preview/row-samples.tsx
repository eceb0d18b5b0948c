import type { RowSample } from '#api/contract/diffs.ts'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { PickBox } from './pick-box.tsx'
import type { RowPick } from './row-pick.ts'
import { SampleValue } from './sample-value.tsx'

export interface RowSamplesProps {
  label: string
  samples: readonly RowSample[]
  /** The side that has them. */
  side: 'now' | 'inArchive'
  /** Gives each row a box. */
  pick?: RowPick | undefined
}

const headClass = 'border-b px-3 py-1.5 text-left text-xs font-medium text-muted'
const cellClass = 'max-w-80 min-w-16 px-3 py-1.5 align-top whitespace-nowrap'

/** A few rows that only one side has, as a table that scrolls by itself. */
export function RowSamples({ label, samples, side, pick }: RowSamplesProps) {
  const names = Object.keys(samples[0]?.[side] ?? {})
  return (
    <ScrollRegion aria-label={`${label}, samples`} className="overflow-x-auto rounded-lg border">
      <table className="w-full text-sm">
        <thead>
          <tr>
            {pick && (
              <th scope="col" className={headClass}>
                <span className="sr-only">Chosen</span>
              </th>
            )}
            <th scope="col" className={headClass}>
              id
            </th>
            {names.map((name) => (
              <th key={name} scope="col" className={headClass}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr key={sample.id} className="not-last:border-b">
              {pick && (
                <td className="w-8 py-1.5 pl-3 align-top">
                  <PickBox id={sample.id} pick={pick} />
                </td>
              )}
              <th scope="row" className="px-3 py-1.5 text-left align-top font-mono font-normal tabular-nums">
                {sample.id}
              </th>
              {names.map((name) => (
                <td key={name} className={cellClass}>
                  <SampleValue value={sample[side]?.[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
