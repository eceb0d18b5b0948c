import { Check, Ellipsis, PencilLine, Trash2 } from 'lucide-react'

import type { Column } from '#api/contract/columns.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'
import { TextLink } from '#console/ui/text-link.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import type { OpenColumnDialog } from './column-dialogs.tsx'
import { ruleWords, typeWords } from './column-kind.ts'

export interface SchemaColumnsInput {
  workspaceId: number
  /** Names of the workspace's tables by id. */
  names: ReadonlyMap<number, string>
  canRename: boolean
  canDelete: boolean
  onOpenDialog: (dialog: OpenColumnDialog) => void
}

export function schemaColumns({ workspaceId, names, ...menu }: SchemaColumnsInput): DataColumn<Column>[] {
  return [
    { id: 'name', header: 'Name', width: '24%', stacked: 'primary', cell: ({ name }) => <code>{name}</code> },
    {
      id: 'type',
      header: 'Type',
      width: '20%',
      stacked: 'secondary',
      cell: (column) => <TypeCell column={column} {...{ workspaceId, names }} />,
    },
    {
      id: 'nullable',
      header: 'May be null',
      width: '7rem',
      cell: ({ nullable }) => <Mark isOn={nullable === true} words="May be null" />,
    },
    {
      id: 'required',
      header: 'Required',
      width: '6rem',
      from: 'lg',
      cell: ({ required }) => <Mark isOn={required === true} words="Required" />,
    },
    { id: 'default', header: 'Default', from: 'lg', cell: (column) => <DefaultCell value={column.default} /> },
    {
      id: 'reference',
      header: 'Refers to',
      width: '12rem',
      cell: ({ tableref_id }) => <Reference tableId={tableref_id} {...{ workspaceId, names }} />,
    },
    {
      id: 'sensitive',
      header: 'Sensitive',
      width: '6.5rem',
      from: 'xl',
      cell: ({ sensitive }) => sensitive === true && <Badge tone="warning">Sensitive</Badge>,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (column) => (column.name === 'id' ? null : <ColumnMenu column={column} {...menu} />),
    },
  ]
}

type References = Pick<SchemaColumnsInput, 'workspaceId' | 'names'>

/** The type; where rows are stacked, also what it refers to and the rules that have no place of their own there. */
function TypeCell({ column, ...references }: References & { column: Column }) {
  const words = typeWords(column)
  const rules = ruleWords(column)
  return (
    <Tooltip content={words}>
      <span>
        <span className="font-mono text-xs">{words}</span>
        {column.tableref_id ? (
          <span className="sm:hidden">
            {' '}
            → <Reference tableId={column.tableref_id} {...references} />
          </span>
        ) : null}
        {rules !== '' && <span className="wrap-anywhere sm:hidden">, {rules}</span>}
      </span>
    </Tooltip>
  )
}

function DefaultCell({ value }: { value: Column['default'] }) {
  if (value === undefined || value === null || value === '') return null
  return <code className="text-xs">{String(value)}</code>
}

function Mark({ isOn, words }: { isOn: boolean; words: string }) {
  return (
    <>
      {isOn && <Check aria-hidden className="size-4 stroke-[1.5]" />}
      <span className="sr-only">{isOn ? words : 'no'}</span>
    </>
  )
}

function Reference({ tableId, workspaceId, names }: References & { tableId: number | null | undefined }) {
  if (tableId === null || tableId === undefined || tableId === 0) return null
  return (
    <TextLink to={`/w/${workspaceId}/tables/${tableId}/schema`}>{names.get(tableId) ?? `table ${tableId}`}</TextLink>
  )
}

type ColumnMenuProps = Pick<SchemaColumnsInput, 'canRename' | 'canDelete' | 'onOpenDialog'> & { column: Column }

function ColumnMenu({ column, canRename, canDelete, onOpenDialog }: ColumnMenuProps) {
  if (!canRename && !canDelete) return null
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${column.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {canRename && (
        <MenuItem icon={<PencilLine aria-hidden />} onSelect={() => onOpenDialog({ kind: 'rename', column })}>
          Rename column
        </MenuItem>
      )}
      {canDelete && (
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onOpenDialog({ kind: 'delete', column })}>
          Delete column
        </MenuItem>
      )}
    </Menu>
  )
}
