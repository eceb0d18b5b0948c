import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { Search } from 'lucide-react'

/** The search line at the top of a list that floats. */
export function ChoiceSearch({ placeholder }: { placeholder: string }) {
  // The line has no border of its own to carry a ring: the row shows where the keys go.
  return (
    <div className="flex items-center gap-2 rounded-t-lg border-b px-3 has-focus-visible:inset-ring-2 has-focus-visible:inset-ring-(--focus)">
      <Search aria-hidden className="size-4 shrink-0 stroke-[1.5] text-muted" />
      <BaseCombobox.Input
        aria-label={placeholder}
        placeholder={placeholder}
        className="h-9 min-w-0 flex-1 bg-transparent text-sm outline-none"
      />
    </div>
  )
}
