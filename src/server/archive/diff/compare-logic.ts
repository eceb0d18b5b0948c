import { setImmediate as breathe } from 'node:timers/promises'

import type { ArchiveDiff, DefinitionDiff } from '#api/contract/diffs.ts'

import type { Db } from '../../db/connection.ts'
import { compareConstruct } from './compare-constructs.ts'
import { compareSettings, compareSources } from './compare-settings.ts'
import { compareTexts } from './compare-texts.ts'
import type { DefinitionSides } from './definition-sides.ts'
import { liveConstructs, pairConstructs } from './pair-constructs.ts'
import { type GroupPair, pairGroups } from './pair-groups.ts'
import { PatchWriter } from './patch.ts'
import { groupText } from './settings-text.ts'

type Logic = Pick<ArchiveDiff, 'definitions' | 'draftsNow'>

const RANK = { removed: 0, changed: 1, added: 2 }

/** What a restore would do to settings, data sources, API groups and constructs of the live branch. */
export async function compareLogic(db: Db, sides: DefinitionSides): Promise<Logic> {
  const { manifest, contents, live } = sides
  const patches = new PatchWriter()
  const groups = pairGroups(contents.apiGroups, live.apiGroups)
  const constructs = pairConstructs(manifest.format, contents.constructs, liveConstructs(live.constructs, groups))
  const definitions = [...(await compareSettings(db, sides, patches)), ...compareSources(sides)]
  for (const pair of groups) definitions.push(...compareGroup(pair, patches))
  for (const pair of constructs) {
    definitions.push(...compareConstruct(pair, patches))
    // Other requests go on while thousands of texts are compared.
    await breathe()
  }
  const drafts = constructs.filter(({ archived, live: now }) => now?.draft != null && now.draft !== archived?.draft)
  return { definitions: definitions.toSorted((a, b) => RANK[a.effect] - RANK[b.effect]), draftsNow: drafts.length }
}

function compareGroup({ archived, live }: GroupPair, patches: PatchWriter): DefinitionDiff[] {
  // A group without a guid gets a new one, which is no difference that anybody looks for.
  const after = archived === null ? null : groupText({ ...archived, guid: archived.guid || (live?.guid ?? '') })
  const before = live === null ? null : groupText({ ...live, tags: live.tag })
  return compareTexts({ kind: 'api_group', name: (archived ?? live)?.name ?? '' }, before, after, patches)
}
