import { useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'

import type { TableForm } from './column-form.ts'

/** Yes-or-no properties of a column. */
export function ColumnFlags({ index }: { index: number }) {
  const { control, setValue } = useFormContext<TableForm>()
  const [isNullable, isRequired, style] = useWatch({
    control,
    name: [`schema.${index}.nullable`, `schema.${index}.required`, `schema.${index}.style`],
  })
  const dirty = { shouldDirty: true }

  return (
    <div className="flex flex-wrap items-start gap-x-5 gap-y-1.5 @lg:col-span-3">
      <Checkbox
        label="May be null"
        description="A row may have no value here."
        checked={isNullable}
        onCheckedChange={(isOn) => setValue(`schema.${index}.nullable`, isOn, dirty)}
      />
      <Checkbox
        label="Required"
        description="A new row must give a value."
        checked={isRequired}
        onCheckedChange={(isOn) => setValue(`schema.${index}.required`, isOn, dirty)}
      />
      <Checkbox
        label="List of values"
        description="Holds several values, as a JSON list."
        checked={style === 'list'}
        onCheckedChange={(isOn) => setValue(`schema.${index}.style`, isOn ? 'list' : 'single', dirty)}
      />
    </div>
  )
}
