import { Pencil, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'

import { MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { RowMenu } from '#console/ui/row-menu.tsx'

/** What the menu of a target or a channel does; absent is what one may not. */
export interface EditActions<Item> {
  onEdit: ((item: Item) => void) | undefined
  onTest: ((item: Item) => void) | undefined
  onDelete: ((item: Item) => void) | undefined
}

interface EditMenuProps<Item> extends EditActions<Item> {
  item: Item
  /** "Test this target" and its icon. */
  testLabel: string
  testIcon: ReactNode
  /** "Remove target" */
  deleteLabel: string
}

/** Tries, changes or removes a target or a channel. */
export function EditMenu<Item extends { name: string }>({ item, testIcon, ...rest }: EditMenuProps<Item>) {
  const { testLabel, deleteLabel, onEdit, onTest, onDelete } = rest
  if (!onEdit && !onTest && !onDelete) return null
  return (
    <RowMenu label={`Actions for ${item.name}`}>
      {onTest && (
        <MenuItem icon={testIcon} onSelect={() => onTest(item)}>
          {testLabel}
        </MenuItem>
      )}
      {onEdit && (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(item)}>
          Change
        </MenuItem>
      )}
      {(onTest || onEdit) && onDelete && <MenuSeparator />}
      {onDelete && (
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onDelete(item)}>
          {deleteLabel}
        </MenuItem>
      )}
    </RowMenu>
  )
}
