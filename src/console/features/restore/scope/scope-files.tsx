import { useMemo } from 'react'

import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import { formatBytes, formatCount, formatNumber } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { EmptyState } from '#console/ui/empty-state.tsx'

import { effectColumn } from './effect-column.tsx'
import { ScopeList } from './scope-list.tsx'
import type { ScopeLogicProps } from './scope-logic.tsx'

type File = ScopeChoices['files'][number]

const columns: DataColumn<File>[] = [
  {
    id: 'path',
    header: 'Path',
    stacked: 'primary',
    cell: ({ path }) => (
      <code title={path} className="font-mono text-sm">
        {path}
      </code>
    ),
  },
  { id: 'name', header: 'Name', width: '30%', from: 'lg', stacked: 'secondary', cell: ({ name }) => name },
  {
    id: 'size',
    header: 'Size',
    width: '7rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ size }) => formatBytes(size),
  },
]

/** Stored files of the archive: all, or single ones. */
export function ScopeFiles({ choices, parts, onChange, hasEffect }: ScopeLogicProps) {
  const shown = useMemo(() => (hasEffect ? [...columns, effectColumn<File>()] : columns), [hasEffect])
  const { files, filesTotal } = choices
  const isAll = parts.files === 'all'
  const chosen = parts.files === 'all' ? files.map(({ path }) => path) : parts.files
  const isWhole = files.length === filesTotal
  if (filesTotal === 0) return <EmptyState>The backup holds no stored files.</EmptyState>

  function choose(paths: readonly string[]) {
    onChange({ ...parts, files: isWhole && paths.length === filesTotal ? 'all' : paths })
  }

  return (
    <div className="flex flex-col gap-3">
      <Checkbox
        label={`All ${formatCount(filesTotal, 'stored file')}`}
        checked={isAll}
        indeterminate={!isAll && parts.files.length > 0}
        onCheckedChange={(checked) => onChange({ ...parts, files: checked ? 'all' : [] })}
      />
      {/* Of more than are listed nothing can be taken out one by one. */}
      {(isWhole || !isAll) && (
        <ScopeList
          noun="file"
          rows={files}
          columns={shown}
          rowKey={({ path }) => path}
          rowName={({ path, name }) => `${path} ${name}`}
          chosen={new Set(chosen)}
          onChange={choose}
          total={filesTotal}
          renderNothing={(query) => (
            <NotListed {...{ query, choices, isWhole }} onChoose={() => choose([...chosen, query])} />
          )}
        />
      )}
    </div>
  )
}

interface NotListedProps {
  query: string
  choices: ScopeChoices
  isWhole: boolean
  onChoose: () => void
}

/** A file beyond those that are listed is chosen by its path; the server refuses one that the archive lacks. */
function NotListed({ query, choices, isWhole, onChoose }: NotListedProps) {
  if (isWhole) return <EmptyState>No file matches “{query}”.</EmptyState>
  return (
    <EmptyState action={<Button onClick={onChoose}>Choose the path as typed</Button>}>
      “{query}” is not among the first {formatNumber(choices.files.length)} of {formatNumber(choices.filesTotal)} files.
    </EmptyState>
  )
}
