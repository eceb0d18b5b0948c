import type { Column } from '#api/contract/columns.ts'
import type { TableRef } from '#console/data/tables.ts'

import { DeleteColumnDialog } from './delete-column-dialog.tsx'
import { RenameColumnDialog } from './rename-column-dialog.tsx'

/** Which dialog of the schema is open, and for which column. */
export interface OpenColumnDialog {
  kind: 'rename' | 'delete'
  column: Column
}

export function ColumnDialogs({
  dialog,
  ...rest
}: {
  dialog: OpenColumnDialog
  tableRef: TableRef
  onClose: () => void
}) {
  const Dialog = dialog.kind === 'rename' ? RenameColumnDialog : DeleteColumnDialog
  return <Dialog column={dialog.column} {...rest} />
}
