import { cx } from '#console/lib/cx.ts'

export interface ToggleChip<Value extends string | number> {
  value: Value
  /** Short: "Mo". */
  label: string
  /** The whole word: "Monday". */
  name: string
}

export interface ToggleChipsProps<Value extends string | number> {
  chips: readonly ToggleChip<Value>[]
  value: readonly Value[]
  onValueChange: (value: Value[]) => void
  'aria-label': string
  disabled?: boolean | undefined
}

/** Some of a few, all in view: days of the week. */
export function ToggleChips<Value extends string | number>(props: ToggleChipsProps<Value>) {
  const { chips, value, onValueChange, disabled } = props
  function toggle(chip: Value) {
    const isOn = value.includes(chip)
    // In the order of the chips, whatever the order of the presses.
    onValueChange(chips.map((one) => one.value).filter((one) => (one === chip ? !isOn : value.includes(one))))
  }
  return (
    <fieldset disabled={disabled} aria-label={props['aria-label']} className="flex min-w-0 flex-wrap gap-1.5">
      {chips.map((chip) => {
        const isOn = value.includes(chip.value)
        return (
          <button
            key={chip.value}
            type="button"
            aria-pressed={isOn}
            aria-label={chip.name}
            onClick={() => toggle(chip.value)}
            className={cx(
              'inline-flex h-8 min-w-9 items-center justify-center rounded-md border px-2 text-base font-medium transition-[background-color,border-color] disabled:opacity-50',
              isOn
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-line-strong bg-panel text-foreground hover:bg-hover',
            )}
          >
            {chip.label}
          </button>
        )
      })}
    </fieldset>
  )
}
