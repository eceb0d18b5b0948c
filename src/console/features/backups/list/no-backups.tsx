import { Archive } from 'lucide-react'

import { Button } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'

import type { BackupSearch } from './backup-search.ts'

interface NoBackupsProps {
  search: BackupSearch
  onSearch: (change: Partial<BackupSearch>) => void
  onTake: () => void
  isNarrowed: boolean
}

/** Nothing yet, or nothing that fits. */
export function NoBackups({ search, isNarrowed, onSearch, onTake }: NoBackupsProps) {
  if (isNarrowed) {
    return (
      <EmptyState
        icon={<Archive />}
        action={
          <Button onClick={() => onSearch({ kind: 'all', state: 'all', schedule: undefined, day: undefined })}>
            Show all backups
          </Button>
        }
      >
        {search.kind === 'uploaded' && search.state === 'all'
          ? 'No archive was uploaded yet.'
          : 'No backup fits what is chosen above.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<Archive />}
      action={
        <Button variant="primary" onClick={onTake}>
          Take the first backup
        </Button>
      }
    >
      No backup yet. One holds every table with its rows, the API groups and constructs of a branch, and all stored
      files, in a file that opens without Metadeck.
    </EmptyState>
  )
}
