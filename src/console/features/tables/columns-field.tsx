import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { useFieldArray, useFormContext } from 'react-hook-form'

import { Button } from '#console/ui/button.tsx'

import { ColumnEditor } from './column-editor.tsx'
import { COLUMN_START, type TableForm } from './column-form.ts'

/** The columns of a table in the making. The place in the list is the place in the request, so a refused field is found again. */
export function ColumnsField({ workspaceId }: { workspaceId: number }) {
  const { control } = useFormContext<TableForm>()
  const { fields, append, remove } = useFieldArray({ control, name: 'schema' })

  const addRef = useRef<HTMLButtonElement>(null)

  function handleRemove(index: number) {
    // The pressed button goes with its column.
    addRef.current?.focus()
    remove(index)
  }

  function handleAdd() {
    append(COLUMN_START, { focusName: `schema.${fields.length}.name` })
  }

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Columns</legend>
      <ol className="flex flex-col overflow-clip rounded-lg border bg-panel">
        {fields.map((field, index) => (
          <li key={field.id} className="p-3 not-last:border-b">
            <ColumnEditor
              index={index}
              workspaceId={workspaceId}
              isKey={index === 0}
              onRemove={index === 0 ? undefined : () => handleRemove(index)}
            />
          </li>
        ))}
      </ol>
      <Button ref={addRef} className="self-start" onClick={handleAdd}>
        <Plus aria-hidden />
        Add column
      </Button>
    </fieldset>
  )
}
