import { editConstruct } from '#xanoscript/edit-construct.ts'

import type { Db } from '../../db/connection.ts'
import { changeConstruct, type WriteInput } from './change-construct.ts'
import { requireGuid, tryRead } from './document.ts'
import type { Kind } from './kind.ts'
import type { ConstructRow } from './store.ts'

/** Gives a construct another guid; where its text or draft names one, it follows. */
export function setGuid(db: Db, kind: Kind, input: WriteInput, guid: string): Promise<ConstructRow> {
  requireGuid(guid)
  return changeConstruct(db, kind, input, async (_trx, row) => ({
    guid,
    text: withGuid(row.text, guid),
    draft: row.draft === null ? null : withGuid(row.draft, guid),
  }))
}

function withGuid(text: string, guid: string): string {
  const read = tryRead(text)
  return 'header' in read && read.header.guid !== null ? editConstruct(text, { guid }) : text
}
