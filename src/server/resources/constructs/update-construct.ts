import type { ConstructChanges, ConstructHeader } from '#xanoscript/construct-header.ts'
import { editConstruct } from '#xanoscript/edit-construct.ts'

import type { Db } from '../../db/connection.ts'
import { changeConstruct, type WriteInput } from './change-construct.ts'
import { readDocument, requireSame, type SentText, tryRead } from './document.ts'
import { requireFreeRoute } from './free-route.ts'
import type { Kind, Settings } from './kind.ts'
import { requireReferences } from './references.ts'
import { toChanges } from './settings.ts'
import { type ConstructFields, type ConstructRow, derivedFields } from './store.ts'
import { fromSettings } from './text-from-settings.ts'

/** Replaces the text of a construct, or its draft where it is not to be published. */
export function updateFromText(
  db: Db,
  kind: Kind,
  input: WriteInput & { publish: boolean },
  { xanoscript: text, beside }: SentText,
): Promise<ConstructRow> {
  return changeConstruct(db, kind, input, async (trx, row, group) => {
    const header = readDocument(kind.kind, text)
    requireSame(header, beside)
    await requireReferences(trx, row.workspace_id, group, header)
    if (!input.publish) return { draft: draftOf(text, row.text) }
    await requireFreeRoute(trx, group, header, row)
    return published(row, header, text)
  })
}

/**
 * Changes what settings say within the text; `changed` names what differs now. With `publish` true the draft, where
 * there is one, is published with them, with false they are in a draft only. Undefined publishes no draft: what the
 * settings change is changed in the published text, and in the draft, which would change it back otherwise.
 */
export async function updateFromSettings(
  db: Db,
  kind: Kind,
  input: WriteInput & { publish: boolean | undefined },
  settings: Settings,
): Promise<{ row: ConstructRow; changed: string[] }> {
  const { publish } = input
  let changed: string[] = []
  const row = await changeConstruct(db, kind, input, async (trx, found, group) => {
    const before = publish === undefined ? found.text : (found.draft ?? found.text)
    const changes = await toChanges(trx, found.workspace_id, settings, readDocument(kind.kind, before))
    changed = Object.keys(changes)
    const text = fromSettings(() => editConstruct(before, changes))
    const header = readDocument(kind.kind, text)
    await requireReferences(trx, found.workspace_id, group, header)
    if (publish === false) return { draft: draftOf(text, found.text) }
    await requireFreeRoute(trx, group, header, found)
    const fields = published(found, header, text)
    if (publish === true || found.draft === null) return fields
    return { ...fields, draft: draftOf(editReadable(found.draft, changes), text) }
  })
  return { row, changed }
}

/** The text with what is read out of it, and no draft. */
function published(row: ConstructRow, header: ConstructHeader, text: string): ConstructFields {
  return { ...derivedFields(header, row.guid), text, draft: null }
}

/** A text that cannot be read stays as it is. */
function editReadable(text: string, changes: ConstructChanges): string {
  return 'header' in tryRead(text) ? editConstruct(text, changes) : text
}

/** A draft that says what is published is none. */
function draftOf(draft: string, text: string): string | null {
  return draft === text ? null : draft
}
