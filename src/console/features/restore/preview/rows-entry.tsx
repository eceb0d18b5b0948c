import { useState } from 'react'

import type { TableDiff } from '#api/contract/diffs.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { NO_PARTS, withRows } from '../parts.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { RowIdsField } from './row-ids-field.tsx'
import { rowPickOf } from './row-pick.ts'

export interface RowsEntryProps {
  wizard: RestoreWizard
  table: TableDiff
}

/** From a table's differences to less than all of them: this table alone, or single rows of it. */
export function RowsEntry({ wizard, table }: RowsEntryProps) {
  const { parts, go, refine } = wizard
  const pick = rowPickOf(wizard, table)
  const [wasPressed, setWasPressed] = useState(false)
  if (pick !== undefined) return <RowIdsField pick={pick} takesFocus={wasPressed} />
  if (table.effect === 'added' || table.effect === 'removed' || table.same === null) return null
  if (parts === undefined) {
    return (
      <Callout
        action={
          <Button
            size="sm"
            onClick={() => go({ parts: { ...NO_PARTS, tables: [table.table] }, step: 'scope', section: 'tables' })}
          >
            Restore only this table
          </Button>
        }
      >
        Everything would be restored. You can also choose this table alone, or single rows of it.
      </Callout>
    )
  }
  if (!parts.tables.includes(table.table)) return null
  return (
    <Callout
      action={
        <Button
          size="sm"
          onClick={() => {
            setWasPressed(true)
            refine({ parts: withRows(parts, 'missing_and_changed') })
          }}
        >
          Choose single rows
        </Button>
      }
    >
      The whole table would be replaced. Single rows can be put back instead
      {parts.tables.length > 1 && '; then rows that are there stay in the other chosen tables too'}.
    </Callout>
  )
}
