import type { DefinitionDiff } from '#api/contract/diffs.ts'

import { compareTexts } from './compare-texts.ts'
import type { ConstructPair } from './pair-constructs.ts'
import type { PatchWriter } from './patch.ts'

type Side = ConstructPair['archived'] | ConstructPair['live']

/** What a restore would do to a construct: to its text, its draft, its place. At most one difference. */
export function compareConstruct({ archived, live }: ConstructPair, patches: PatchWriter): DefinitionDiff[] {
  const after = sayingOf(archived)
  const before = sayingOf(live)
  const known = archived ?? live
  const which = { kind: known?.kind ?? '', name: titleOf(known) }
  const text = compareTexts(which, before.text, after.text, patches)
  const draft = compareTexts({ ...which, name: `${which.name} (draft)` }, before.draft, after.draft, patches)
  const isMoved = archived !== null && live !== null && !isSamePlace(archived, live)
  if (text.length + draft.length === 0 && !isMoved) return []
  const patch = [...text, ...draft].map((diff) => diff.patch ?? '').join('')
  return [{ ...which, effect: text[0]?.effect ?? 'changed', patch: patch === '' ? null : patch }]
}

function sayingOf(side: Side): { text: string | null; draft: string | null } {
  return side === null ? { text: null, draft: null } : side
}

/** False where a restore gives it another name, API group or guid, of which its text may say nothing. */
function isSamePlace(archived: NonNullable<Side>, live: NonNullable<Side>): boolean {
  return titleOf(archived) === titleOf(live) && archived.guid === live.guid
}

/** `GET orders/{id} in Public` for an endpoint, the name of anything else. */
function titleOf(side: Side): string {
  if (side === null) return ''
  return side.verb === null ? side.name : `${side.verb} ${side.name} in ${side.group ?? ''}`
}
