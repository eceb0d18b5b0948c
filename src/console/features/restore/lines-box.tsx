import { ScrollRegion } from '#console/ui/scroll-region.tsx'

/** One of the lines that a note lists. */
export interface NoteLine {
  key: string
  words: string
}

/** All lines of a note, however many: they scroll. */
export function LinesBox({ label, lines }: { label: string; lines: readonly NoteLine[] }) {
  return (
    <ScrollRegion aria-label={label} className="max-h-40 overflow-y-auto">
      <ul>
        {lines.map(({ key, words }) => (
          <li key={key}>{words}</li>
        ))}
      </ul>
    </ScrollRegion>
  )
}
