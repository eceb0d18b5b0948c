import { useInfiniteQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useLoaderData } from 'react-router'

import { audit } from '#console/data/audit.ts'
import { Button } from '#console/ui/button.tsx'

import type { AuditPageData, AuditSearch } from './audit-search.ts'
import { chipsOf } from './chip-words.ts'
import { usePeople } from './people.ts'

interface ChosenChipsProps {
  search: AuditSearch
  onChange: (change: Partial<AuditSearch>) => void
}

/** Filters that come by a link from elsewhere: each can be taken away. */
export function ChosenChips({ search, onChange }: ChosenChipsProps) {
  const { filter } = useLoaderData<AuditPageData>()
  const records = useInfiniteQuery(audit.list(filter)).data?.pages.flatMap(({ items }) => items) ?? []
  return chipsOf(search, records, usePeople()).map(({ words, change }) => (
    <Button key={words} size="sm" aria-label={`Remove filter ${words}`} title={words} onClick={() => onChange(change)}>
      <span className="max-w-48 truncate">{words}</span>
      <X aria-hidden className="-mr-1" />
    </Button>
  ))
}
