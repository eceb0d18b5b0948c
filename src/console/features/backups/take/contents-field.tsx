import { useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'

import type { TakeBackupForm } from './take-backup-form.ts'

/** What goes into the archive. */
export function ContentsField() {
  const { control, setValue } = useFormContext<TakeBackupForm>()
  const definitionOnly = useWatch({ control, name: 'definitionOnly' })
  const files = useWatch({ control, name: 'files' })
  return (
    <div className="flex flex-col gap-2">
      <Checkbox
        label="Stored files"
        description={
          definitionOnly
            ? 'Never with a definition only.'
            : 'Without them a restore leaves the files of the workspace as they are.'
        }
        checked={files && !definitionOnly}
        disabled={definitionOnly}
        onCheckedChange={(next) => setValue('files', next)}
      />
      <Checkbox
        label="Definition only"
        description="Tables, API groups and constructs without rows and stored files. A restore from it brings back empty tables."
        checked={definitionOnly}
        onCheckedChange={(next) => setValue('definitionOnly', next)}
      />
    </div>
  )
}
