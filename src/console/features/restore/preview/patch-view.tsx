import { cx } from '#console/lib/cx.ts'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { patchLines, type PatchLine } from './patch-lines.ts'

const LOOKS: Record<PatchLine['kind'], string> = {
  added: 'bg-success-soft',
  removed: 'bg-danger-soft',
  same: '',
  place: 'text-muted',
}

const SPOKEN: Record<PatchLine['kind'], string> = { added: 'Added: ', removed: 'Removed: ', same: '', place: '' }

/** A unified diff: the marks say what comes and goes, the colour repeats it. */
export function PatchView({ patch, name }: { patch: string | null; name: string }) {
  if (patch === null) return <p className="text-sm text-muted">Its text is the same, or too long to compare here.</p>
  return (
    <>
      <p className="text-sm text-muted">− goes · + comes from the backup</p>
      <ScrollRegion aria-label={`Text diff of ${name}`} className="overflow-x-auto rounded-lg border">
        <pre className="w-max min-w-full py-2 font-mono text-xs leading-5">
          {patchLines(patch).map(({ kind, text }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
            <span key={index} className={cx('block px-3', LOOKS[kind])}>
              {SPOKEN[kind] !== '' && <span className="sr-only">{SPOKEN[kind]}</span>}
              {text === '' ? ' ' : text}
            </span>
          ))}
        </pre>
      </ScrollRegion>
    </>
  )
}
