import { useQuery } from '@tanstack/react-query'

import { workspaces } from '#console/data/workspaces.ts'
import { Combobox } from '#console/ui/combobox.tsx'

export interface ArchiveFilterProps {
  workspaceId: number | undefined
  onFilter: (workspaceId: number | undefined) => void
}

/** Narrows the list to one workspace; nothing while there is only one. */
export function ArchiveFilter({ workspaceId, onFilter }: ArchiveFilterProps) {
  const list = useQuery(workspaces.list())
  const all = list.data ?? []
  if (all.length < 2 && workspaceId === undefined) return null
  return (
    <Combobox
      aria-label="Backups of"
      size="sm"
      className="max-w-72"
      options={[
        { value: '', label: 'Backups of all workspaces' },
        ...all.map(({ id, name }) => ({ value: String(id), label: name, keywords: String(id) })),
      ]}
      value={workspaceId === undefined ? '' : String(workspaceId)}
      onValueChange={(value) => onFilter(value === '' ? undefined : Number(value))}
      searchPlaceholder="Search workspaces"
      emptyText="No workspace matches."
    />
  )
}
