import { CircleCheck, CircleX } from 'lucide-react'

import type { TargetTest } from '#api/contract/targets.ts'
import { formatDuration } from '#console/lib/format.ts'
import { Callout } from '#console/ui/callout.tsx'

const STEP_WORDS = { write: 'Write', read: 'Read back', delete: 'Delete' }

/** What a test did, step by step; the one that failed says what to do. */
export function TargetTestSteps({ test }: { test: TargetTest }) {
  return (
    <div
      aria-live="polite"
      // The dialog may be higher than the window: what was asked for must be seen.
      ref={(element) => {
        element?.scrollIntoView({ block: 'nearest' })
      }}
    >
      <Callout
        tone={test.ok ? 'success' : 'danger'}
        title={
          test.ok ? `It works: written, read back and deleted in ${formatDuration(test.ms)}` : 'It does not work yet'
        }
      >
        <ul className="mt-1 flex flex-col gap-1">
          {test.steps.map(({ step, ok, message }) => (
            <li key={step} className="flex items-start gap-1.5">
              {ok ? (
                <CircleCheck aria-hidden className="mt-0.5 size-3.5 shrink-0 stroke-[1.5] text-success" />
              ) : (
                <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0 stroke-[1.5] text-danger" />
              )}
              <span className="min-w-0 wrap-anywhere">
                <span className="font-medium">{STEP_WORDS[step]}</span> {message}
              </span>
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  )
}
