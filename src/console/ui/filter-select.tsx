import { Select, type SelectProps } from './select.tsx'

export interface FilterSelectProps<Value extends string> extends Pick<
  SelectProps<Value>,
  'options' | 'value' | 'onValueChange'
> {
  label: string
}

/** One of the choices that a list is narrowed by, as wide as all of them in a toolbar. */
export function FilterSelect<Value extends string>({ label, ...rest }: FilterSelectProps<Value>) {
  return (
    <div className="w-40 max-sm:w-[calc(50%-0.25rem)]">
      <Select aria-label={label} size="sm" {...rest} />
    </div>
  )
}
