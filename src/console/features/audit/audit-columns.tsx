import type { AuditEntry } from '#api/contract/audit-console.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { actorWords, OUTCOME_WORDS } from './audit-words.ts'
import { deedLine, deedWords } from './deed-words.ts'
import { personName } from './people.ts'

/** The columns; `people` are names by the id of the account. */
export const auditColumns = (people: ReadonlyMap<number, string>): DataColumn<AuditEntry>[] => [
  {
    id: 'what',
    header: 'What',
    stacked: 'primary',
    cell: (entry) => <What entry={entry} />,
  },
  {
    id: 'who',
    header: 'Who',
    width: '15rem',
    stacked: 'secondary',
    cell: ({ actor }) => <Who actor={actor} name={personName(actor, people)} />,
  },
  {
    id: 'workspace',
    header: 'Workspace',
    width: '10rem',
    from: 'xl',
    cell: ({ workspace }) =>
      workspace === null ? <span className="text-muted">–</span> : (workspace.name ?? `${workspace.id}, deleted`),
  },
  {
    id: 'address',
    header: 'Address',
    width: '9rem',
    from: 'lg',
    cell: ({ address }) => <code className="text-xs">{address || '–'}</code>,
  },
  {
    id: 'when',
    header: 'When',
    width: '8rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ at }) => <RelativeTime at={at} />,
  },
]

function Who({ actor, name }: { actor: AuditEntry['actor']; name: string | undefined }) {
  const words = actorWords(actor)
  if (name === undefined) return <span title={actor.label}>{words}</span>
  return (
    <span title={`${name}, ${words}`}>
      {name} <span className="text-muted">{words}</span>
    </span>
  )
}

function What({ entry }: { entry: AuditEntry }) {
  const { words, name } = deedWords(entry)
  const text = (
    <>
      <span className="font-normal">{words}</span>
      {name !== undefined && ` ${name}`}
    </>
  )
  if (entry.outcome === 'done') return <span title={deedLine(entry)}>{text}</span>
  const outcome = OUTCOME_WORDS[entry.outcome]
  return (
    <span className="inline-flex max-w-full items-center gap-2" title={deedLine(entry)}>
      <Badge tone={outcome.tone}>{outcome.words}</Badge>
      <span className="truncate">{text}</span>
    </span>
  )
}
