import type { DefinitionDiff } from '#api/contract/diffs.ts'

import type { Db } from '../../db/connection.ts'
import { LIVE_DATA_SOURCE } from '../../db/workspace.ts'
import type { Manifest } from '../manifest.ts'
import { compareTexts } from './compare-texts.ts'
import type { DefinitionSides } from './definition-sides.ts'
import type { PatchWriter } from './patch.ts'
import { branchText, type Realtime, settingsNow, workspaceText } from './settings-text.ts'

/** What a restore would do to the settings of the workspace and of its live branch. */
export async function compareSettings(
  db: Db,
  { manifest, contents, live }: DefinitionSides,
  patches: PatchWriter,
): Promise<DefinitionDiff[]> {
  const { workspace, branch } = live
  const now = settingsNow(live)
  const after = { ...manifest.workspace.settings, realtime: await realtimeAfter(db, manifest, now.realtime) }
  return [
    ...compareTexts(
      { kind: 'workspace', name: workspace.name },
      workspaceText(workspace.description, now),
      workspaceText(contents.workspace.description, after),
      patches,
    ),
    ...compareTexts({ kind: 'branch', name: branch.label }, branchText(branch), branchText(contents.branch), patches),
  ]
}

/** A restore does not take the name of a realtime connection that another workspace has. */
async function realtimeAfter(db: Db, { workspace }: Manifest, now: Realtime): Promise<Realtime> {
  const { realtime } = workspace.settings
  if (realtime === undefined) return now
  if (realtime.hash === now.hash) return realtime
  const taken = await db
    .selectFrom('workspace')
    .select('id')
    .where('realtime_hash', '=', realtime.hash)
    .executeTakeFirst()
  return taken === undefined ? realtime : { ...realtime, hash: now.hash }
}

/** What it would do to the data sources. Rows of one that only one side has are counted with their tables. */
export function compareSources({ manifest, live }: DefinitionSides): DefinitionDiff[] {
  const before = new Map(live.dataSources.map(({ label, color }) => [label, color]))
  const after = new Map(manifest.dataSources.map(({ label, color }) => [label, color]))
  const source = (name: string, effect: DefinitionDiff['effect']): DefinitionDiff => {
    return { kind: 'data_source', name, effect, patch: null }
  }
  // A workspace without its first data source gets it again, empty.
  const removed = [...before.keys()].filter((label) => !after.has(label) && label !== LIVE_DATA_SOURCE)
  const differing = [...after].filter(([label, color]) => before.get(label) !== color)
  return [
    ...removed.map((label) => source(label, 'removed')),
    ...differing.map(([label]) => source(label, before.has(label) ? 'changed' : 'added')),
  ]
}
