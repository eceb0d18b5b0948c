import type { TokenDependant } from '#api/contract/tokens.ts'
import { Panel } from '#console/ui/panel.tsx'

import { DependantList } from '../dependant-list.tsx'

/** What stops when the token does. */
export function DependantsPanel({ dependants }: { dependants: readonly TokenDependant[] }) {
  return (
    <Panel title="Used by">
      {dependants.length === 0 ? (
        <p className="text-sm text-muted">
          Nothing in Metadeck runs with it. Programs outside are known by their calls only.
        </p>
      ) : (
        <div className="text-sm">
          <DependantList dependants={dependants} />
        </div>
      )}
    </Panel>
  )
}
