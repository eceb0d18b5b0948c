import { Ellipsis, Pencil, Trash2 } from 'lucide-react'

import type { ApiGroup } from '#api/contract/api-groups.ts'
import { metaTimeToIso } from '#console/data/meta-time.ts'
import { Badge } from '#console/ui/badge.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

export interface ApiGroupColumnsInput {
  /** Origin of the endpoints, without a slash at the end. */
  origin: string
  /** Some group has a tag; else the column would only take room. */
  hasTags: boolean
  /** Absent for who may not, as the next. */
  onEdit: ((group: ApiGroup) => void) | undefined
  onDelete: ((group: ApiGroup) => void) | undefined
}

/** Where the group's endpoints are called. */
export const baseUrlOf = (origin: string, group: ApiGroup): string => `${origin}/api:${group.canonical ?? ''}`

const tagColumn: DataColumn<ApiGroup> = {
  id: 'tags',
  header: 'Tags',
  cell: (group) => <Tags tags={group.tag ?? []} />,
  from: 'xl',
  width: '8rem',
}

export const apiGroupColumns = ({
  origin,
  hasTags,
  onEdit,
  onDelete,
}: ApiGroupColumnsInput): readonly DataColumn<ApiGroup>[] => [
  { id: 'name', header: 'Name', cell: (group) => group.name, sortable: true, stacked: 'primary', width: '18%' },
  {
    id: 'base',
    header: 'Base URL',
    cell: (group) => <BaseUrl group={group} origin={origin} />,
    stacked: 'secondary',
    width: '12rem',
  },
  {
    id: 'description',
    header: 'Description',
    cell: (group) => <span className="text-muted">{group.description}</span>,
    from: 'lg',
  },
  ...(hasTags ? [tagColumn] : []),
  {
    id: 'docs',
    header: 'Documentation',
    cell: (group) => (group.swagger ? <Badge tone="info">Public</Badge> : <Badge>Off</Badge>),
    from: 'lg',
    width: '8rem',
  },
  {
    id: 'changed',
    header: 'Changed',
    cell: (group) => (group.updated_at === undefined ? null : <RelativeTime at={metaTimeToIso(group.updated_at)} />),
    sortable: true,
    descendingFirst: true,
    width: '8rem',
  },
  {
    id: 'actions',
    header: 'Actions',
    cell: (group) => <ApiGroupActions group={group} onEdit={onEdit} onDelete={onDelete} />,
    hideHeader: true,
    align: 'right',
    stacked: 'actions',
    width: '4rem',
  },
]

function BaseUrl({ group, origin }: { group: ApiGroup; origin: string }) {
  if (!group.canonical) return null
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 truncate">/api:{group.canonical}</code>
      <CopyButton text={baseUrlOf(origin, group)} label={`Copy base URL of ${group.name}`} className="size-6!" />
    </span>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex gap-1 overflow-hidden">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  )
}

interface ApiGroupActionsProps extends Omit<ApiGroupColumnsInput, 'origin' | 'hasTags'> {
  group: ApiGroup
}

function ApiGroupActions({ group, onEdit, onDelete }: ApiGroupActionsProps) {
  if (!onEdit && !onDelete) return null
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${group.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {onEdit && (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(group)}>
          Edit
        </MenuItem>
      )}
      {onEdit && onDelete && <MenuSeparator />}
      {onDelete && (
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onDelete(group)}>
          Delete API group
        </MenuItem>
      )}
    </Menu>
  )
}
