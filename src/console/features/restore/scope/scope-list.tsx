import { useState, type ReactNode } from 'react'

import { useIsNarrow } from '#console/lib/use-media-query.ts'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { matchesWords } from '../scope-words.ts'

export interface ScopeListProps<Row extends object> {
  rows: readonly Row[]
  columns: readonly DataColumn<Row>[]
  rowKey: (row: Row) => string
  /** What a row is found by; as it is named to assistive technology. */
  rowName: (row: Row) => string
  /** One of them, in lower case: "table". */
  noun: string
  nounPlural?: string | undefined
  chosen: ReadonlySet<string>
  /** Keys in the order of the rows, so that the address does not depend on the order of the clicks. */
  onChange: (keys: string[]) => void
  /** How many there are, where not all are listed. */
  total?: number | undefined
  /** Instead of the list, where nothing is found. */
  renderNothing?: ((query: string) => ReactNode) | undefined
}

/** Things of the archive to choose from: search, and a box for each. */
export function ScopeList<Row extends object>(props: ScopeListProps<Row>) {
  const { rows, columns, rowKey, rowName, noun, nounPlural = `${noun}s`, chosen, total = rows.length } = props
  const [query, setQuery] = useState('')
  const shown = rows.filter((row) => matchesWords(rowName(row), query))
  const isSearching = query.trim() !== ''
  const inOrder = (keys: ReadonlySet<string>): string[] => {
    const listed = rows.map(rowKey).filter((key) => keys.has(key))
    const typed = [...keys].filter((key) => !listed.includes(key))
    return [...listed, ...typed]
  }
  const choose = (keys: ReadonlySet<string>): void => props.onChange(inOrder(keys))

  function toggle(row: Row) {
    const next = new Set(chosen)
    if (!next.delete(rowKey(row))) next.add(rowKey(row))
    choose(next)
  }

  if (rows.length === 0) return <EmptyState>The backup holds no {nounPlural}.</EmptyState>
  return (
    <div className="flex flex-col gap-3">
      <Toolbar
        end={
          <ListButtons
            keys={shown.map(rowKey)}
            chosen={chosen}
            allWords={isSearching ? 'Select those found' : 'Select all'}
            onChoose={choose}
          />
        }
      >
        <SearchInput label={`Search ${nounPlural}`} value={query} onValueChange={setQuery} />
      </Toolbar>
      {shown.length === 0 ? (
        (props.renderNothing?.(query.trim()) ?? (
          <EmptyState>
            No {noun} matches “{query.trim()}”.
          </EmptyState>
        ))
      ) : (
        <DataTable
          label={`${nounPlural.charAt(0).toUpperCase()}${nounPlural.slice(1)} of the archive`}
          rows={shown}
          columns={columns}
          rowKey={rowKey}
          rowLabel={rowName}
          onRowOpen={toggle}
          selection={{ selected: chosen, onSelectedChange: choose }}
        />
      )}
      <ListFoot noun={noun} nounPlural={nounPlural} shown={shown.length} total={total} />
    </div>
  )
}

interface ListButtonsProps {
  /** Of what is listed. */
  keys: readonly string[]
  chosen: ReadonlySet<string>
  allWords: string
  onChoose: (keys: ReadonlySet<string>) => void
}

/** What the box above the column does: where there is no such column, and for chosen things that are not listed. */
function ListButtons({ keys, chosen, allWords, onChoose }: ListButtonsProps) {
  const isNarrow = useIsNarrow()
  const listed = new Set(keys)
  const hasUnlisted = [...chosen].some((key) => !listed.has(key))
  return (
    <>
      {isNarrow && (
        <Button
          size="sm"
          disabled={keys.every((key) => chosen.has(key))}
          onClick={() => onChoose(new Set([...chosen, ...keys]))}
        >
          {allWords}
        </Button>
      )}
      {(isNarrow || hasUnlisted) && (
        <Button size="sm" disabled={chosen.size === 0} onClick={() => onChoose(new Set())}>
          Select none
        </Button>
      )}
    </>
  )
}
