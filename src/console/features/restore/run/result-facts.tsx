import type { ReactNode } from 'react'

import type { Restore } from '#api/contract/restores.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { formatCount } from '#console/lib/format.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { NewAddresses } from '../new-addresses.tsx'
import { scopeItems } from '../part-items.ts'

/** What was chosen, when it was, what it came from, what was saved first, what got another address, and what took it back. */
export function ResultFacts({ restore }: { restore: Restore }) {
  const items: { label: string; value: ReactNode }[] = [
    ...scopeItems(restore),
    ...times(restore),
    ...links(restore),
    ...renamed(restore),
  ]
  return (
    <Panel>
      <DescriptionList items={items} />
    </Panel>
  )
}

function times({ finishedAt }: Restore) {
  if (finishedAt === null) return []
  const value = (
    <>
      {formatLocal(new Date(finishedAt))} (<RelativeTime at={finishedAt} />)
    </>
  )
  return [{ label: 'Finished', value }]
}

function links({ backupId, safetyBackupId, workspaceId, undoOf, undoneBy }: Restore) {
  return [
    ...(backupId === null ? [] : [{ label: 'Restored from', value: <BackupLink id={backupId} workspaceId={null} /> }]),
    ...(safetyBackupId === null
      ? []
      : [{ label: 'Safety backup', value: <BackupLink id={safetyBackupId} workspaceId={workspaceId} /> }]),
    ...(undoOf === null ? [] : [{ label: 'Undoes', value: <RestoreLink id={undoOf} /> }]),
    ...(undoneBy === null ? [] : [{ label: 'Undone by', value: <RestoreLink id={undoneBy} /> }]),
  ]
}

/** A backup has its page in the workspace; where that is gone it can still be restored. */
function BackupLink({ id, workspaceId }: { id: number; workspaceId: number | null }) {
  const to = workspaceId === null ? `/restore?backup=${id}` : `/w/${workspaceId}/backups/${id}`
  return <TextLink to={to}>Backup #{id}</TextLink>
}

function RestoreLink({ id }: { id: number }) {
  return <TextLink to={`/restores/${id}`}>Restore {id}</TextLink>
}

function renamed({ renamedCanonicals, renamedFiles }: Restore) {
  const files = renamedFiles.count
  return [
    ...(renamedCanonicals.length === 0
      ? []
      : [{ label: 'New addresses', value: <NewAddresses renamed={renamedCanonicals} /> }]),
    ...(files === 0 ? [] : [{ label: 'New file addresses', value: formatCount(files, 'stored file') }]),
  ]
}
