import { describeFailure } from '#console/data/describe-failure.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { Progress } from '#console/ui/progress.tsx'

import type { useSample } from './use-sample.ts'

/** How making the sample goes; nothing while it does not. */
export function SampleNotice({ sample }: { sample: ReturnType<typeof useSample> }) {
  if (sample.isPending) {
    return (
      <Panel>
        <Progress label="Making the sample workspace" detail="tables, rows and API groups of a small shop" />
        <p className="mt-2 text-sm text-muted">
          It takes some seconds and opens by itself. It is made on the server: you can go elsewhere meanwhile.
        </p>
      </Panel>
    )
  }
  if (sample.error === null) return null
  return <ErrorState {...describeFailure(sample.error, 'The sample workspace was not made')} onRetry={sample.load} />
}
