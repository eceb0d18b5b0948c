import { printApiGroup } from '#xanoscript/settings-document.ts'

import type { Manifest } from '../manifest.ts'
import type { ReadApiGroup, ReadContents } from '../read-contents.ts'
import type { WorkspaceContents } from '../snapshot.ts'

type Settings = Manifest['workspace']['settings']
export type Realtime = NonNullable<Settings['realtime']>

/** What a restore writes of a workspace, a setting in each line. Name and guid stay. */
export function workspaceText(description: string, settings: Settings): string {
  const { swagger, documentation, preferences, realtime } = settings
  return lines({ description, swagger, documentation, preferences, realtime })
}

/** The settings of a workspace as a manifest has them. */
export function settingsNow({ workspace }: WorkspaceContents): Settings & { realtime: Realtime } {
  const { swagger, documentation, preferences, realtime_enabled: enabled, realtime_hash: hash } = workspace
  return { swagger, documentation, preferences, realtime: { enabled, hash } }
}

/** What a restore writes of the branch. Label and guid stay. */
export function branchText({ description, color }: ReadContents['branch']): string {
  return lines({ description, color })
}

/** An API group as a document, with the setting that documents do not have. */
export function groupText(group: ReadApiGroup): string {
  const { active = null, ...values } = group.settings
  const document = printApiGroup({ ...values, ...group, active })
  return `${document.trimEnd()}\n// documentation = ${JSON.stringify(group.documentation)}\n`
}

function lines(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
    .join('')
}
