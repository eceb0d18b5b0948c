import type { ReactNode } from 'react'

import type { RestorePreview } from '#api/contract/restores.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Tabs } from '#console/ui/tabs.tsx'

import { ColumnsChoice } from '../columns-choice.tsx'
import { partCounts } from '../part-words.ts'
import { hasParts, type Parts, withTables } from '../parts.ts'
import type { Section } from '../restore-search.ts'
import { RowsChoice } from '../rows-choice.tsx'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { BlockedNote } from './blocked-notes.tsx'
import { CanonicalChoices } from './canonical-choices.tsx'
import { LogicHints } from './logic-hints.tsx'
import { withoutTables } from './logic-needs.ts'
import { ScopeFiles } from './scope-files.tsx'
import { ScopeConstructs, ScopeGroups } from './scope-logic.tsx'
import { ScopeTables } from './scope-tables.tsx'

export interface ScopePartsProps {
  wizard: RestoreWizard
  preview: RestorePreview
  parts: Parts
}

/** The parts of the archive to choose from, and what the choice asks for in turn. */
export function ScopeParts({ wizard, preview, parts }: ScopePartsProps) {
  const { search, refine } = wizard
  const sections = sectionsOf(wizard, preview, parts)
  const shown = sections.find(({ value }) => value === search.section) ?? sections[0]
  return (
    <>
      <Tabs
        aria-label="Parts of the backup"
        value={shown?.value ?? 'tables'}
        onValueChange={(section) => refine({ section })}
        tabs={sections}
      />
      <p aria-live="polite" className="text-sm font-medium">
        {hasParts(parts) ? `Chosen: ${partCounts(parts)}.` : 'Nothing is chosen yet.'}
      </p>
      <Consequences wizard={wizard} preview={preview} parts={parts} />
    </>
  )
}

/** What the choice asks for: a word on rows that are there, things that it uses, addresses that are taken. */
function Consequences({ wizard, preview, parts }: ScopePartsProps) {
  const { target, targetName, effect, refine } = wizard
  const change = (next: Parts): void => refine({ parts: next })
  return (
    <>
      {target?.kind === 'existing' && (
        <>
          {parts.tables.length > 0 && <RowsChoice parts={parts} onChange={change} />}
          <ColumnsChoice parts={parts} effect={preview} onChange={change} />
          <BlockedNote parts={parts} choices={preview.choices} onChange={change} />
        </>
      )}
      <LogicHints
        preview={target?.kind === 'branch' ? withoutTables(preview) : preview}
        parts={parts}
        onChange={change}
        place={target?.kind === 'new' ? 'the new workspace' : targetName}
      />
      <CanonicalChoices wizard={wizard} taken={effect?.takenCanonicals ?? []} />
    </>
  )
}

/** A branch takes definitions only. */
function sectionsOf({ target, refine }: RestoreWizard, preview: RestorePreview, parts: Parts) {
  const { choices } = preview
  const isBranch = target?.kind === 'branch'
  const change = (next: Parts): void => refine({ parts: next })
  const shared = { choices, parts, onChange: change, hasEffect: target?.kind === 'existing' }
  const tables = (
    <ScopeTables preview={preview} chosen={parts.tables} onChange={(names) => change(withTables(parts, names))} />
  )
  const count = preview.tables.filter(({ effect }) => effect !== 'removed').length
  const files = parts.files === 'all' ? choices.filesTotal : parts.files.length
  return [
    ...(isBranch ? [] : [sectionOf('tables', 'Tables', [parts.tables.length, count], tables)]),
    sectionOf(
      'groups',
      <>
        <span className="max-sm:hidden">API groups</span>
        <span className="sm:hidden">Groups</span>
      </>,
      [parts.apiGroups.length, choices.apiGroups.length],
      <ScopeGroups {...shared} />,
    ),
    sectionOf(
      'constructs',
      <>
        Functions<span className="max-sm:hidden"> and more</span>
      </>,
      [parts.constructs.length, choices.constructs.length],
      <ScopeConstructs {...shared} />,
    ),
    ...(isBranch ? [] : [sectionOf('files', 'Files', [files, choices.filesTotal], <ScopeFiles {...shared} />)]),
  ]
}

function sectionOf(value: Section, name: ReactNode, [chosen, all]: [number, number], content: ReactNode) {
  const label = (
    <>
      {name}
      <span className="rounded-sm bg-muted px-1 text-xs text-muted tabular-nums">
        {chosen > 0 && (
          <span className="text-foreground">
            {formatNumber(chosen)}
            <span className="max-sm:hidden"> of </span>
            <span className="sm:hidden">/</span>
          </span>
        )}
        {formatNumber(all)}
      </span>
    </>
  )
  return { value, label, content }
}
