import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'

import { SessionPolicy, updateSessionPolicy } from '#api/contract/sessions.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { signInRules } from '#console/data/sign-in-rules.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { DurationField } from './duration-field.tsx'
import { durationOf, secondsOf } from './duration.ts'

/** Both lifetimes of a session. */
export function LifetimesForm({ policy }: { policy: SessionPolicy }) {
  const save = useMutation(signInRules.saveLifetimes())
  const toast = useToast()
  const [idle, setIdle] = useState(() => durationOf(policy.idleSeconds))
  const [life, setLife] = useState(() => durationOf(policy.lifeSeconds))
  const body = { idleSeconds: secondsOf(idle), lifeSeconds: secondsOf(life) }
  const issues = SessionPolicy.safeParse(body).error?.issues ?? []
  const messageOf = (field: keyof SessionPolicy) => {
    const issue = issues.find(({ path }) => path[0] === field)
    return issue && (Number.isNaN(body[field]) ? 'Give a number' : issue.message)
  }
  const isSame = body.idleSeconds === policy.idleSeconds && body.lifeSeconds === policy.lifeSeconds
  const isShorter = body.idleSeconds < policy.idleSeconds || body.lifeSeconds < policy.lifeSeconds
  const failure = formFailure(save.error, 'The lifetimes were not saved')

  async function undo() {
    try {
      await save.mutateAsync(policy)
    } catch (error) {
      const { title, cause } = describeFailure(error, 'The lifetimes could not be set back')
      toast.danger(title, { description: cause })
    }
  }

  // Not by callbacks of the mutation: new lifetimes draw this form anew, and those end with the old one.
  async function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (issues.length > 0) return
    try {
      await save.mutateAsync(body)
    } catch {
      return
    }
    toast.success('The lifetimes of sessions are saved', {
      action: { label: 'Undo', onSelect: () => void undo() },
    })
  }

  return (
    <form onSubmit={(event) => void handleSubmit(event)} noValidate className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <DurationField
          label="Ends without a request for"
          value={idle}
          onChange={setIdle}
          error={messageOf('idleSeconds')}
        />
        <DurationField
          label="Ends after sign-in in any case"
          value={life}
          onChange={setLife}
          error={messageOf('lifeSeconds')}
        />
      </div>
      {issues.length === 0 && <SameCall endpoint={updateSessionPolicy} body={body} />}
      {failure && <FormError {...failure} />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        {isShorter && issues.length === 0 && (
          <p className="text-sm text-muted">Open sessions that are older end at once.</p>
        )}
        <Button type="submit" variant="primary" disabled={isSame || issues.length > 0} pending={save.isPending}>
          Save lifetimes
        </Button>
      </div>
    </form>
  )
}
