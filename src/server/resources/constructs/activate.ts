import { editConstruct } from '#xanoscript/edit-construct.ts'

import type { Db } from '../../db/connection.ts'
import { changeConstruct, type WriteInput } from './change-construct.ts'
import { readDocument } from './document.ts'
import type { Kind } from './kind.ts'
import type { ConstructRow } from './store.ts'

/** Switches a construct on or off, at once: in its published text, and in a draft, which would switch it back otherwise. */
export function activate(db: Db, kind: Kind, input: WriteInput, active: boolean): Promise<ConstructRow> {
  return changeConstruct(db, kind, input, async (_trx, row) => ({
    text: withActive(kind, row.text, active),
    draft: row.draft === null ? null : withActive(kind, row.draft, active),
  }))
}

function withActive(kind: Kind, text: string, active: boolean): string {
  const isActive = readDocument(kind.kind, text).active ?? true
  return isActive === active ? text : editConstruct(text, { active })
}
