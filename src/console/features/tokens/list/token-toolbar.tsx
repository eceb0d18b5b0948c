import { useQuery } from '@tanstack/react-query'

import { SCOPES } from '#api/contract/scopes.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { formatNumber } from '#console/lib/format.ts'
import { useIsNarrow } from '#console/lib/use-media-query.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { ScopeDotsLegend } from '#console/scopes/scope-dots.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Select } from '#console/ui/select.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { type ShownCounts, shownCount } from './shown-counts.ts'
import { type Shown, SHOWN, showing, type TokenSearch } from './token-search.ts'

export interface TokenToolbarProps extends ShownCounts {
  search: TokenSearch
  onSearch: (change: Partial<TokenSearch>) => void
}

const LABELS: Record<Shown, string> = {
  active: 'Active',
  dangerous: 'Dangerous',
  unused: 'Unused for 30 days',
  ending: 'Dies this week',
  disabled: 'Disabled',
  blocked: 'Blocked',
  expired: 'Expired',
  revoked: 'Revoked',
  all: 'All',
}

/** What the list is narrowed to. Nothing in it comes and goes, so that the list below stays where it is. */
export function TokenToolbar({ search, onSearch, ...counts }: TokenToolbarProps) {
  const text = useSettledText(search.q, (q) => onSearch({ q }))
  const isNarrow = useIsNarrow()
  const choose = (show: Shown) => onSearch(showing(show))
  return (
    <div className="flex flex-col gap-2">
      {!isNarrow && (
        <ChoiceChips
          aria-label="Tokens shown"
          size="sm"
          choices={SHOWN.map((value) => ({ value, label: <ChipLabel show={value} counts={counts} /> }))}
          value={search.show}
          onValueChange={choose}
        />
      )}
      <Toolbar end={<ScopeDotsLegend />}>
        {isNarrow && (
          <div className="w-full">
            <Select
              aria-label="Tokens shown"
              options={SHOWN.map((value) => ({ value, label: withCount(value, counts) }))}
              value={search.show}
              onValueChange={choose}
            />
          </div>
        )}
        <SearchInput
          label="Search tokens"
          value={text.text}
          onValueChange={text.setText}
          className={isNarrow ? 'w-full' : undefined}
        />
        <Narrowing search={search} onSearch={onSearch} />
      </Toolbar>
    </div>
  )
}

/** `Dangerous, 3`. */
function withCount(show: Shown, counts: ShownCounts): string {
  const count = shownCount(show, counts)
  return count === undefined ? LABELS[show] : `${LABELS[show]}, ${formatNumber(count)}`
}

/** The place of the number is kept before it is known. */
function ChipLabel({ show, counts }: { show: Shown; counts: ShownCounts }) {
  const count = shownCount(show, counts)
  return (
    <>
      {LABELS[show]}
      {show !== 'all' && (
        <span className="min-w-[2ch] text-left font-normal text-muted tabular-nums">
          {count === undefined ? '' : formatNumber(count)}
        </span>
      )}
    </>
  )
}

const ANY = 'any'
const scopeOptions = [
  { value: ANY, label: 'Any scope' },
  ...SCOPES.map(({ name, label, covers }) => ({ value: name as string, label, description: covers })),
]

function Narrowing({ search, onSearch }: Pick<TokenToolbarProps, 'search' | 'onSearch'>) {
  const list = useQuery(workspaces.list())
  const options = [
    { value: ANY, label: 'Any workspace' },
    ...(list.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const { workspace = ANY, scope = ANY } = search
  return (
    <>
      <Combobox
        aria-label="Workspace in reach"
        size="sm"
        options={options}
        value={String(workspace)}
        onValueChange={(value) => onSearch({ workspace: value === ANY ? undefined : Number(value) })}
        className="w-40!"
      />
      <Combobox
        aria-label="Scope granted"
        size="sm"
        options={scopeOptions}
        value={scope}
        onValueChange={(value) => onSearch({ scope: SCOPES.find(({ name }) => name === value)?.name })}
        className="w-40!"
      />
    </>
  )
}
