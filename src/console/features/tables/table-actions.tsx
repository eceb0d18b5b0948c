import { Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { createContent } from '#api/contract/content.ts'
import { addColumn, deleteTable } from '#api/contract/tables.ts'
import type { TableRef } from '#console/data/tables.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'

import { AddColumnSheet } from './add-column-sheet.tsx'
import { writeOpenRow } from './open-row.ts'

export interface TableActionsProps {
  tab: 'rows' | 'schema'
  tableRef: TableRef
  onDelete: () => void
}

/** What can be done to the table as a whole, as far as one may; the primary one is that of the view. */
export function TableActions({ tab, tableRef, onDelete }: TableActionsProps) {
  const [, setParams] = useUrlParams()
  const [isAdding, setIsAdding] = useState(false)
  const may = useMay()
  const { workspaceId } = tableRef
  return (
    <>
      {may(deleteTable, workspaceId) && (
        <Menu
          trigger={
            <IconButton label="More actions" variant="secondary">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={onDelete}>
            Delete table
          </MenuItem>
        </Menu>
      )}
      {tab === 'rows' && may(createContent, workspaceId) && (
        <Button variant="primary" onClick={() => setParams((before) => writeOpenRow(before, 'new'))}>
          Add row
        </Button>
      )}
      {tab === 'schema' && may(addColumn, workspaceId) && (
        <Button variant="primary" onClick={() => setIsAdding(true)}>
          Add column
        </Button>
      )}
      {isAdding && <AddColumnSheet tableRef={tableRef} onClose={() => setIsAdding(false)} />}
    </>
  )
}
