import { Controller, useFormContext, useWatch } from 'react-hook-form'

import type { Role } from '#api/contract/members.ts'
import { grantWarnings } from '#console/scopes/grant-words.ts'
import { Callout } from '#console/ui/callout.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'

import type { GrantFields } from './grant-form.ts'
import { GrantScopesField } from './grant-scopes-field.tsx'
import { memberGrantWords } from './member-grant-words.ts'
import { ROLE_WORDS, ROLES, mayManage } from './role-words.ts'
import { useWorkspaceNames } from './use-workspace-names.ts'
import { WorkspacesField } from './workspaces-field.tsx'

/** Role, and of a member workspaces and scopes, with what that means in words. `mine` = the role of whoever grants. */
export function GrantFieldset({ mine }: { mine: Role }) {
  const { control } = useFormContext<GrantFields>()
  const role = useWatch({ control, name: 'role' })
  const hint = mine === 'owner' ? ROLE_WORDS[role].hint : `${ROLE_WORDS[role].hint} Only an owner makes owners.`
  return (
    <>
      <Field label="Role" group hint={hint}>
        <Controller
          control={control}
          name="role"
          render={({ field }) => (
            <ChoiceChips
              choices={ROLES.map((value) => ({
                value,
                label: ROLE_WORDS[value].label,
                disabled: !mayManage(mine, value),
              }))}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
      </Field>
      {role === 'member' && (
        <>
          <WorkspacesField />
          <GrantScopesField />
          <GrantInWords />
        </>
      )}
    </>
  )
}

/** The grant as sentences, said again whenever it changes. */
function GrantInWords() {
  const { control } = useFormContext<GrantFields>()
  const [scopes, reach, chosen] = useWatch({ control, name: ['scopes', 'reach', 'workspaces'] })
  const names = useWorkspaceNames()
  const { can, cannot } = memberGrantWords(scopes, names(reach === 'all' ? 'all' : chosen.map(Number)))
  return (
    <div className="flex flex-col gap-2">
      <p aria-live="polite" className="text-sm">
        {can} <span className="font-medium">{cannot}</span>
      </p>
      {grantWarnings(scopes).map((warning) => (
        <Callout key={warning} tone="warning">
          {warning}
        </Callout>
      ))}
    </div>
  )
}
