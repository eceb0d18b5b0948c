import type { ReactNode } from 'react'

import type { AuditEntry } from '#api/contract/audit-console.ts'
import { formatLocal, formatUtc } from '#console/lib/format-time.ts'
import { Badge } from '#console/ui/badge.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { actorWords, begunAt, OUTCOME_WORDS, otherFacts, outcomeWords, thingWords } from './audit-words.ts'
import { tryWords, upperFirst } from './deed-words.ts'
import { factText, factWords } from './fact-words.ts'
import { personName, usePeople } from './people.ts'
import { thingPath } from './thing-path.ts'

/** Who, what, which thing, where and when. */
export function RecordFacts({ entry }: { entry: AuditEntry }) {
  const begun = begunAt(entry)
  const items: { label: string; value: ReactNode }[] = [
    {
      label: 'Outcome',
      value: (
        <span className="inline-flex flex-wrap items-center gap-2">
          <Badge tone={OUTCOME_WORDS[entry.outcome].tone}>{OUTCOME_WORDS[entry.outcome].words}</Badge>
          {outcomeWords(entry)}
        </span>
      ),
    },
    { label: 'Who', value: <Who entry={entry} /> },
    { label: 'Thing', value: <Thing entry={entry} /> },
    ...(entry.workspace === null ? [] : [{ label: 'Workspace', value: <Workspace workspace={entry.workspace} /> }]),
    ...(begun === undefined ? [] : [{ label: 'Begun', value: <Exactly at={begun} /> }]),
    { label: begun === undefined ? 'When' : 'Noticed', value: <Exactly at={entry.at} /> },
    { label: 'From', value: entry.address === '' ? 'inside Metadeck' : <code>{entry.address}</code> },
    {
      label: 'Operation',
      value: (
        <>
          {upperFirst(tryWords(entry.action))} <code className="text-xs text-muted">{entry.action}</code>
        </>
      ),
    },
    { label: 'Request', value: entry.requestId === '' ? '–' : <Copied text={entry.requestId} noun="request id" /> },
  ]
  return <DescriptionList items={items} />
}

/** A time in full: here a reader compares it with other logs. */
function Exactly({ at }: { at: string }) {
  const date = new Date(at)
  return (
    <span className="tabular-nums">
      {formatLocal(date)} <span className="text-muted">({formatUtc(date)})</span>
    </span>
  )
}

function Who({ entry: { actor } }: { entry: AuditEntry }) {
  const name = personName(actor, usePeople())
  const { kind, id, person } = actor
  const all = kind === 'token' ? `/audit?token=${id}` : `/audit?person=${person?.id ?? id}`
  return (
    <span>
      {kind === 'token' ? 'Token ' : ''}
      {name ?? actorWords(actor)}
      {name !== undefined && <span className="text-muted"> {actorWords(actor)}</span>}
      {kind === 'token' && person?.email && <span className="text-muted">, made by {person.email}</span>}
      {id !== null && kind !== 'system' && (
        <>
          {' · '}
          <TextLink to={all}>all of their records</TextLink>
        </>
      )}
    </span>
  )
}

function Thing({ entry: { target, link } }: { entry: AuditEntry }) {
  if (target === null) return <span className="text-muted">no single thing</span>
  const words = thingWords({ target })
  const path = link === null ? undefined : thingPath(link)
  const query = new URLSearchParams({ kind: target.kind, target: String(target.id) })
  return (
    <span>
      {path === undefined ? words : <TextLink to={path}>{words}</TextLink>}
      {target.id !== null && (
        <>
          {' · '}
          <TextLink to={`/audit?${query.toString()}`}>its history</TextLink>
        </>
      )}
    </span>
  )
}

function Workspace({ workspace: { id, name } }: { workspace: { id: number; name: string | null } }) {
  if (name === null) return <>{id}, deleted since</>
  return <TextLink to={`/w/${id}`}>{name}</TextLink>
}

/** What the record noted beside before and after; never secrets. */
export function OtherFacts({ entry }: { entry: AuditEntry }) {
  const facts = otherFacts(entry)
  if (facts.length === 0) return null
  return (
    <section aria-label="Also noted">
      <h3 className="mb-1.5 text-base font-semibold">Also noted</h3>
      <DescriptionList
        items={facts.map(([label, value]) => ({
          label: factWords(label),
          value: <span className="wrap-anywhere whitespace-pre-wrap">{factText(label, value)}</span>,
        }))}
      />
    </section>
  )
}

/** Its place in the chain and the hashes that tie it there. */
export function ChainFacts({ entry }: { entry: AuditEntry }) {
  return (
    <section aria-label="Chain">
      <h3 className="mb-1.5 text-base font-semibold">Chain</h3>
      <DescriptionList
        items={[
          { label: 'Hash', value: <Copied text={entry.hash} noun="hash" /> },
          { label: 'Hash before', value: <Copied text={entry.previousHash} noun="hash before" /> },
        ]}
      />
    </section>
  )
}

function Copied({ text, noun }: { text: string; noun: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 text-xs leading-5 wrap-anywhere">{text}</code>
      <CopyButton text={text} label={`Copy ${noun}`} className="size-5!" />
    </span>
  )
}
