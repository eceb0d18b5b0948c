import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FormProvider, useForm } from 'react-hook-form'

import { putTokenPolicy, type TokenPolicy } from '#api/contract/token-policy.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { PolicyFields } from './policy-fields.tsx'
import { PolicyForm, toPolicy, toPolicyForm } from './policy-form.ts'
import { countNew, isSameLimit, saveLabel, savedWords, type Violations } from './policy-words.ts'
import { isEffectSeen } from './seen-policy.ts'
import { useTriedPolicy } from './use-tried-policy.ts'
import { ViolationsPanel } from './violations-panel.tsx'

interface Trial {
  isError: boolean
  isPlaceholderData: boolean
  data: Violations | undefined
}

/** The rules as a form, and below it what they would do, before anything is saved. */
export function PolicyEditor({ policy }: { policy: TokenPolicy }) {
  const form = useForm({ resolver: zodResolver(PolicyForm), defaultValues: toPolicyForm(policy), mode: 'onChange' })
  const save = useTold(tokens.savePolicy(), 'The token policy was not saved')
  const client = useQueryClient()
  const toast = useToast()
  const tried = useTriedPolicy(form.control)
  const trial = useQuery({ ...tokens.violations(tried ?? policy), enabled: tried !== undefined })
  const isSaved = tried !== undefined && isSameLimit(tried, policy)
  const { failure } = save
  const isAnswered = !trial.isPlaceholderData && !trial.isPending

  function write(next: TokenPolicy, before?: TokenPolicy) {
    save.run(next, {
      onSuccess: ({ violations: blocked }, isShown) => {
        if (isShown) form.reset(toPolicyForm(next))
        toast.success('The token policy is saved', {
          description: savedWords(blocked),
          action: before && { label: 'Undo', onSelect: () => write(before) },
        })
      },
    })
  }

  async function submit(next: TokenPolicy) {
    if (!isEffectSeen(next, policy, { tried, isAnswered }) && (await mayBlock(next))) return
    write(next, policy)
  }

  /** True also where it cannot be told. By the answer the button says what it blocks, and is there to be pressed again. */
  const mayBlock = (next: TokenPolicy): Promise<boolean> =>
    client.query(tokens.violations(next)).then(
      (found) => countNew(found) > 0,
      () => true,
    )

  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => submit(toPolicy(values)))}
        className="flex flex-col gap-5"
      >
        <PolicyFields />
        <ViolationsPanel policy={tried} isSaved={isSaved} />
        {tried && <SameCall endpoint={putTokenPolicy} body={tried} />}
        {failure && <FormError {...failure} />}
        <div className="flex flex-wrap justify-end gap-2">
          <ButtonLink to="/tokens">Cancel</ButtonLink>
          <Button type="submit" variant="primary" pending={save.isPending || form.formState.isSubmitting}>
            {isSaved ? saveLabel(undefined) : unsavedLabel(trial)}
          </Button>
        </div>
      </form>
    </FormProvider>
  )
}

/** The button of a policy whose limits do not hold yet, as far as it is known what they block. */
function unsavedLabel({ isError, isPlaceholderData, data }: Trial): string {
  if (isError) return 'Save without knowing what it blocks'
  return saveLabel(isPlaceholderData || data === undefined ? undefined : countNew(data))
}
