import { useQuery } from '@tanstack/react-query'

import { SCOPES } from '#api/contract/scopes.ts'
import type { Token } from '#api/contract/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { formatNumber } from '#console/lib/format.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { isPicked, type Shown, type TokenSearch } from './token-search.ts'

export interface TokenToolbarProps {
  search: TokenSearch
  onSearch: (change: Partial<TokenSearch>) => void
  /** How many of each status match the rest of the filter; undefined while that is not known. */
  counts: Record<Token['status'], number> | undefined
}

const LABELS: Record<Shown, string> = {
  active: 'Active',
  disabled: 'Disabled',
  blocked: 'Blocked',
  expired: 'Expired',
  revoked: 'Revoked',
  all: 'All',
  unused: 'Unused for 30 days',
  ending: 'Dies this week',
}

const ALWAYS: readonly Shown[] = ['active', 'disabled', 'blocked', 'expired', 'revoked', 'all']

/** What the list is narrowed to. */
export function TokenToolbar({ search, onSearch, counts }: TokenToolbarProps) {
  const text = useSettledText(search.q, (q) => onSearch({ q }))
  const shown = isPicked(search.show) ? [...ALWAYS, search.show] : ALWAYS
  return (
    <Toolbar>
      <SearchInput label="Search tokens" value={text.text} onValueChange={text.setText} />
      <ChoiceChips
        aria-label="Status"
        size="sm"
        choices={shown.map((value) => ({ value, label: <ChipLabel show={value} counts={counts} /> }))}
        value={search.show}
        onValueChange={(show) => onSearch({ show })}
      />
      <Narrowing search={search} onSearch={onSearch} />
    </Toolbar>
  )
}

function ChipLabel({ show, counts }: { show: Shown; counts: TokenToolbarProps['counts'] }) {
  const count = show === 'all' || isPicked(show) ? undefined : counts?.[show]
  return (
    <>
      {LABELS[show]}
      {count !== undefined && count > 0 && (
        <span className="font-normal text-muted tabular-nums">{formatNumber(count)}</span>
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
