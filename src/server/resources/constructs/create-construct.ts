import { newConstruct } from '#xanoscript/new-construct.ts'

import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { readDocument, requireSame, type SentText } from './document.ts'
import { requireFreeRoute } from './free-route.ts'
import type { Kind, PathIds, Settings } from './kind.ts'
import { type Place, readPlace } from './place.ts'
import { requireReferences } from './references.ts'
import { toChanges } from './settings.ts'
import { type ConstructRow, insertConstruct } from './store.ts'
import { fromSettings } from './text-from-settings.ts'
import { writeTransaction } from './write-transaction.ts'

/** Where it goes and when. */
export interface CreateInput {
  params: PathIds
  branch: string
  now: Date
}

/** Adds a construct from its document. */
export function createFromText(db: Db, kind: Kind, input: CreateInput, sent: SentText): Promise<ConstructRow> {
  return inPlace(db, input, (trx, place) => create(trx, kind, place, sent, input.now))
}

/** Adds a construct without logic from JSON settings. */
export function createFromSettings(db: Db, kind: Kind, input: CreateInput, settings: Settings): Promise<ConstructRow> {
  const { name } = settings
  if (name === undefined) throw invalidInput('name', 'Missing param: name')
  return inPlace(db, input, async (trx, place) => {
    const changes = await toChanges(trx, place.workspaceId, settings, null)
    const group = place.group === null ? {} : { apiGroup: place.group.name }
    const text = fromSettings(() => newConstruct(kind.kind, { ...changes, ...group, name }))
    return create(trx, kind, place, { xanoscript: text, beside: {} }, input.now)
  })
}

function inPlace(
  db: Db,
  input: CreateInput,
  work: (trx: Db, place: Place) => Promise<ConstructRow>,
): Promise<ConstructRow> {
  return writeTransaction(db, async (trx) =>
    work(trx, await readPlace(trx, input.params, input.branch, { hold: true })),
  )
}

async function create(
  trx: Db,
  kind: Kind,
  place: Place,
  { xanoscript, beside }: SentText,
  now: Date,
): Promise<ConstructRow> {
  const header = readDocument(kind.kind, xanoscript)
  requireSame(header, beside)
  await requireReferences(trx, place.workspaceId, place.group, header)
  await requireFreeRoute(trx, place.group, header, null)
  return insertConstruct(trx, place, header, xanoscript, now)
}
