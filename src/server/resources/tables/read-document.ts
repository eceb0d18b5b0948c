import { CreateTable, UpdateTable } from '#api/contract/tables.ts'
import { locateInTable } from '#xanoscript/locate-in-table.ts'
import { XanoScriptError } from '#xanoscript/position.ts'
import { parseTable, type TableDocument } from '#xanoscript/table-document.ts'

import { editedTable, type TableNames } from '../../archive/edited-table.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { parseInput } from '../../route.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import type { DefinitionChange } from './change-definitions.ts'
import { createTable } from './create-table.ts'
import { applyChanges, toChanges } from './update-table.ts'

/** Reads a document of the kind table; 400 with line and column where it is none. */
function parseDocument(text: string): TableDocument {
  try {
    return parseTable(text)
  } catch (error) {
    if (!(error instanceof XanoScriptError)) throw error
    throw new AppError('syntax_error', error.message, { payload: { line: error.line, col: error.col } })
  }
}

/** Runs `work` for a document; a refusal says which column or index it is about, and where that stands. */
async function namingPlaces<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.payload?.param === undefined) throw error
    const place = locateInTable(text, error.payload.param)
    if (place === undefined) throw error
    const { line, col } = place.at
    throw new AppError(error.code, `${place.what} (line ${line}, column ${col}): ${error.message}`, {
      payload: { ...error.payload, line, col },
      cause: error,
    })
  }
}

/** Tables that references may name, `own` under the name that the document gives it. */
function knownTables(change: DefinitionChange, own?: { id: number; name: string }): TableNames {
  const tables = [...change.tables.filter(({ id }) => id !== own?.id), ...(own === undefined ? [] : [own])]
  return {
    names: new Map(change.tables.map(({ id, name }) => [id, name])),
    ids: new Map(tables.map(({ id, name }) => [name.toLowerCase(), id])),
  }
}

function requireTargets({ fields }: TableDocument, { ids }: TableNames): void {
  for (const [at, { table }] of fields.entries()) {
    if (table === null || ids.has(table.toLowerCase())) continue
    throw invalidInput(`schema.${at}.tableref_id`, `There is no table named "${table}" in this workspace.`)
  }
}

/** Creates the table that a document describes. It may refer to itself by its name. */
export async function createFromDocument(change: DefinitionChange, text: string): Promise<TableDefinition> {
  const document = parseDocument(text)
  return namingPlaces(text, () => createFrom(change, document))
}

async function createFrom(change: DefinitionChange, document: TableDocument): Promise<TableDefinition> {
  const own = document.name.toLowerCase()
  const fields = document.fields.map((field) =>
    field.table?.toLowerCase() === own ? { ...field, table: null } : field,
  )
  const others = knownTables(change)
  const alone = { ...document, fields }
  requireTargets(alone, others)
  const made = await createTable(change, parseInput(CreateTable, editedTable(alone, others)))
  if (fields.every((field) => document.fields.includes(field))) return made
  // Its references to itself come second: only now there is an id to refer to.
  const tables = knownTables(change, made)
  const { schema } = parseInput(UpdateTable, editedTable(document, tables))
  return applyChanges({ ...change, tables: [...change.tables, made] }, made, { columns: schema ?? made.columns })
}

/**
 * Makes the table what the document says. Columns that it leaves out are dropped, as by the JSON body; a name that
 * differs renames the table with its rows.
 */
export async function updateFromDocument(
  change: DefinitionChange,
  before: TableDefinition,
  text: string,
): Promise<TableDefinition> {
  const document = parseDocument(text)
  const tables = knownTables(change, { id: before.id, name: document.name })
  return namingPlaces(text, async () => {
    requireTargets(document, tables)
    const fields = parseInput(UpdateTable, editedTable(document, tables, before))
    return applyChanges(change, before, toChanges(fields))
  })
}
