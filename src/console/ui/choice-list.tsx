import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

import { itemClass } from './overlay-classes.ts'

/** Something one can search for and choose. */
export interface SearchOption {
  value: string
  label: string
  description?: string | undefined
  /** Found by these words too: an id, another name. */
  keywords?: string | undefined
  /** A badge or state at the right. */
  mark?: ReactNode
  disabled?: boolean | undefined
}

export const isSameOption = (a: SearchOption, b: SearchOption): boolean => a.value === b.value

/** All words of the query occur somewhere in the option, in any order. */
export function matchesQuery(option: SearchOption, query: string): boolean {
  const text = `${option.label} ${option.description ?? ''} ${option.keywords ?? ''}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** The options that are left while typing; part of `Combobox`, `MultiCombobox` and `Switcher`. */
export function ChoiceList({ emptyText }: { emptyText: string }) {
  return (
    <>
      <BaseCombobox.Empty>
        <div className="px-3 py-3 text-sm text-muted">{emptyText}</div>
      </BaseCombobox.Empty>
      <BaseCombobox.List className="max-h-[min(20rem,calc(var(--available-height)-6rem))] scroll-py-1 overflow-y-auto overscroll-contain p-1 empty:p-0">
        {(option: SearchOption) => (
          <BaseCombobox.Item key={option.value} value={option} disabled={option.disabled} className={itemClass}>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{option.label}</span>
              {option.description && <span className="block truncate text-xs text-muted">{option.description}</span>}
            </span>
            {option.mark}
            <span className="grid size-4 place-items-center">
              <BaseCombobox.ItemIndicator>
                <Check aria-hidden className="text-accent" />
              </BaseCombobox.ItemIndicator>
            </span>
          </BaseCombobox.Item>
        )}
      </BaseCombobox.List>
    </>
  )
}
