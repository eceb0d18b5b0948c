import { type ArchiveDiff, diffBackup } from '#api/contract/diffs.ts'

import { EXIT } from './exit-code.ts'
import { findWorkspace } from './find.ts'
import type { Outcome } from './outcome.ts'
import { readPassword } from './password.ts'
import { type Arguments, readId, refuseExtra, required } from './read-arguments.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'
import { tableText } from './text.ts'

/** `metadeck diff`. */
export async function runDiff(
  { values, positionals }: Arguments<'diff'>,
  open: () => Promise<Session>,
  around: Surroundings,
): Promise<Outcome> {
  const [given, ...more] = positionals
  refuseExtra(more)
  const id = readId(given, 'the id of a backup')
  const wanted = required(values.workspace, '--workspace ID|NAME')
  const password = await readPassword(values['password-file'], around)
  const { call } = await open()
  const workspace = await findWorkspace(call, wanted)
  const { table: tables } = values
  around.progress('comparing')
  const diff = await call(diffBackup, {
    params: { id },
    body: { workspaceId: workspace.id, password, ...(tables === undefined ? {} : { tables }) },
    signal: around.signal,
  })
  around.progress('')
  return { exit: EXIT.good, json: diff, text: diffText(diff) }
}

function diffText({ same, tables, definitions, files, workspace }: ArchiveDiff): string {
  if (same) return `${workspace.name} is as the archive has it: a restore would change nothing.`
  const shown = (count: number | null): string => (count === null ? '-' : String(count))
  const parts = [
    tableText(
      ['TABLE', 'EFFECT', 'ADDED', 'CHANGED', 'REMOVED', 'SAME', 'FIELDS'],
      tables.map((table) => [
        table.table,
        table.effect ?? '-',
        ...[table.added, table.changed, table.removed, table.same].map(shown),
        String(table.fields.length),
      ]),
    ),
    definitions.length === 0
      ? ''
      : tableText(
          ['DEFINITION', 'NAME', 'EFFECT'],
          definitions.map(({ kind, name, effect }) => [kind, name, effect]),
        ),
    `Files: ${files.added} added, ${files.changed} changed, ${files.removed} removed, ${files.same} the same.`,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}
