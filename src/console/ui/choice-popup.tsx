import { Combobox } from '@base-ui/react/combobox'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { ChoiceList } from './choice-list.tsx'
import { ChoiceSearch } from './choice-search.tsx'
import { popupClass } from './overlay-classes.ts'

interface ChoicePopupProps {
  'aria-label': string
  searchPlaceholder: string
  emptyText: string
  /** How wide it is. */
  className: string
  /** From the button, in px. */
  offset?: number
  footer?: ReactNode
}

/** What opens from a combobox: a search over its options, and those that match. */
export function ChoicePopup({
  searchPlaceholder,
  emptyText,
  className,
  offset = 4,
  footer,
  ...rest
}: ChoicePopupProps) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner align="start" sideOffset={offset} collisionPadding={8} className="z-50">
        <Combobox.Popup aria-label={rest['aria-label']} className={cx(popupClass, className)}>
          <ChoiceSearch placeholder={searchPlaceholder} />
          <ChoiceList emptyText={emptyText} />
          {footer}
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  )
}
