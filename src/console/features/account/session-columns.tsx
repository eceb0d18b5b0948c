import type { OpenSession } from '#api/contract/sessions.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

interface SessionColumnsInput {
  /** Sessions of several people stand together. */
  hasPeople: boolean
  onEnd: (session: OpenSession) => void
}

const personColumn: DataColumn<OpenSession> = {
  id: 'person',
  header: 'Person',
  cell: ({ user }) => (
    <>
      {user.name} <span className="text-muted">{user.email}</span>
    </>
  ),
  width: '22%',
}

export const sessionColumns = ({ hasPeople, onEnd }: SessionColumnsInput): readonly DataColumn<OpenSession>[] => [
  {
    id: 'browser',
    header: 'Browser',
    cell: (session) => <BrowserCell session={session} hasPerson={hasPeople} />,
    stacked: 'primary',
  },
  ...(hasPeople ? [personColumn] : []),
  {
    id: 'address',
    header: 'Signed in from',
    cell: ({ address }) => <code className="text-xs">{address}</code>,
    stacked: 'secondary',
    // An IPv6 address is longer than its column.
    wrap: true,
    width: '10rem',
  },
  { id: 'seen', header: 'Last seen', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />, width: '7rem' },
  {
    id: 'created',
    header: 'Signed in',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    from: 'lg',
    width: '7rem',
  },
  {
    id: 'expires',
    header: 'Ends',
    cell: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
    from: 'lg',
    width: '6.5rem',
  },
  {
    id: 'actions',
    header: 'Actions',
    cell: (session) => <EndButton session={session} onEnd={onEnd} />,
    hideHeader: true,
    align: 'right',
    stacked: 'actions',
    width: '5.5rem',
  },
]

function BrowserCell({ session, hasPerson }: { session: OpenSession; hasPerson: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="min-w-0 truncate">{session.browser}</span>
      {session.current && <Badge tone="accent">This one</Badge>}
      {hasPerson && <span className="min-w-0 truncate font-normal text-muted sm:hidden">{session.user.name}</span>}
    </span>
  )
}

/** This very session ends by signing out, in the account's menu. */
function EndButton({ session, onEnd }: { session: OpenSession; onEnd: (session: OpenSession) => void }) {
  if (session.current) return null
  return (
    <Button size="sm" aria-label={`End ${session.browser} from ${session.address}`} onClick={() => onEnd(session)}>
      End
    </Button>
  )
}
