import type { TakenCanonical } from '#api/contract/restores.ts'
import { formatCount } from '#console/lib/format.ts'
import { Callout } from '#console/ui/callout.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { canonicalError } from '../canonical-words.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'

export interface CanonicalChoicesProps {
  wizard: RestoreWizard
  taken: readonly TakenCanonical[]
}

/** API groups whose address another workspace has: each gets another one, which is shown before. */
export function CanonicalChoices({ wizard, taken }: CanonicalChoicesProps) {
  if (taken.length === 0) return null
  return (
    <section aria-label="Addresses that are taken" className="flex flex-col gap-3">
      <Callout
        tone="warning"
        title={`${formatCount(taken.length, 'API group')} cannot keep ${taken.length === 1 ? 'its address' : 'their addresses'}`}
      >
        Another workspace has it. Clients of these groups must use the new address.
      </Callout>
      <ul className="rounded-lg border bg-panel">
        {taken.map((one) => (
          <li key={one.canonical} className="flex flex-col gap-2 px-4 py-3 not-last:border-b">
            <CanonicalChoice wizard={wizard} one={one} taken={taken} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function CanonicalChoice({ wizard, one, taken }: CanonicalChoicesProps & { one: TakenCanonical }) {
  const { search, refine } = wizard
  const typed = search.canonicals[one.canonical]

  function choose(name: string | undefined) {
    const { [one.canonical]: _before, ...others } = search.canonicals
    refine({ canonicals: name === undefined ? others : { ...others, [one.canonical]: name } })
  }

  return (
    <>
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">{one.group}</span>{' '}
        <span className="text-muted">
          <code className="font-mono text-xs">{one.canonical}</code> belongs to {one.takenBy}
        </span>
      </p>
      <ChoiceChips
        aria-label={`New address of ${one.group}`}
        size="sm"
        choices={[
          {
            value: 'random',
            label: (
              <>
                New: <code className="font-mono">{one.suggested}</code>
              </>
            ),
          },
          { value: 'own', label: 'Type one' },
        ]}
        value={typed === undefined ? 'random' : 'own'}
        onValueChange={(kind) => choose(kind === 'own' ? '' : undefined)}
      />
      {typed !== undefined && (
        <Field
          label={`Address of ${one.group}`}
          hideLabel
          hint="/api:…"
          error={canonicalError(one, taken, search.canonicals)}
          className="max-w-xs"
        >
          <Input value={typed} onChange={(event) => choose(event.target.value)} mono spellCheck={false} autoFocus />
        </Field>
      )}
    </>
  )
}
