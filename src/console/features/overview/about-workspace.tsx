import type { Workspace } from '#api/contract/workspaces.ts'
import { metaTimeToIso } from '#console/data/meta-time.ts'
import { Badge } from '#console/ui/badge.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

function Time({ at }: { at: string | undefined }) {
  return at === undefined ? 'unknown' : <RelativeTime at={metaTimeToIso(at)} />
}

/** What the workspace is, apart from what is in it. */
export function AboutWorkspace({ workspace }: { workspace: Workspace }) {
  return (
    <Panel title="About">
      <DescriptionList
        items={[
          {
            label: 'Live branch',
            value: (
              <span className="flex items-center gap-2">
                <code>{workspace.branch ?? 'v1'}</code>
                <Badge tone="success">live</Badge>
              </span>
            ),
          },
          { label: 'Created', value: <Time at={workspace.created_at} /> },
          { label: 'Changed', value: <Time at={workspace.updated_at} /> },
          { label: 'Id', value: <code>{workspace.id}</code> },
        ]}
      />
    </Panel>
  )
}
