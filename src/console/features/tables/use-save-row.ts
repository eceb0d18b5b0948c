import { useMutation } from '@tanstack/react-query'

import type { Row } from '#api/contract/content.ts'
import { content, type RowId } from '#console/data/content.ts'
import type { TableRef } from '#console/data/tables.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Adds a row, or changes the one with this key, and says so. */
export function useSaveRow(tableRef: TableRef, id: RowId | undefined, onSaved: () => void) {
  const create = useMutation(content.create(tableRef))
  const update = useMutation(content.update(tableRef))
  const toast = useToast()

  function run(changes: Row, onError: (error: unknown) => void) {
    if (id === undefined) {
      create.mutate(changes, {
        onSuccess: (row) => {
          toast.success(`Row #${String(row['id'])} added`)
          onSaved()
        },
        onError,
      })
      return
    }
    update.mutate(
      { id, changes },
      {
        onSuccess: () => {
          toast.success(`Row #${id} saved`)
          onSaved()
        },
        onError,
      },
    )
  }

  return { run, isPending: create.isPending || update.isPending, error: create.error ?? update.error }
}
