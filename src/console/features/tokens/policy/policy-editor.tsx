import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FormProvider, useForm } from 'react-hook-form'

import { putTokenPolicy, type TokenPolicy } from '#api/contract/token-policy.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { PolicyFields } from './policy-fields.tsx'
import { PolicyForm, toPolicy, toPolicyForm } from './policy-form.ts'
import { countNew, isSameLimit, saveLabel, savedWords } from './policy-words.ts'
import { useTriedPolicy } from './use-tried-policy.ts'
import { ViolationsPanel } from './violations-panel.tsx'

/** The rules as a form, and below it what they would do, before anything is saved. */
export function PolicyEditor({ policy }: { policy: TokenPolicy }) {
  const form = useForm({ resolver: zodResolver(PolicyForm), defaultValues: toPolicyForm(policy), mode: 'onChange' })
  const save = useMutation(tokens.savePolicy())
  const toast = useToast()
  const tried = useTriedPolicy(form.control)
  const trial = useQuery({ ...tokens.violations(tried ?? policy), enabled: tried !== undefined })
  const isSaved = tried !== undefined && isSameLimit(tried, policy)
  const failure = formFailure(save.error, 'Could not save the policy')

  function write(next: TokenPolicy, before?: TokenPolicy) {
    save.mutate(next, {
      onSuccess: ({ violations: blocked }) => {
        form.reset(toPolicyForm(next))
        toast.success('The token policy is saved', {
          description: savedWords(blocked),
          action: before && { label: 'Undo', onSelect: () => write(before) },
        })
      },
    })
  }

  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => write(toPolicy(values), policy))}
        className="flex flex-col gap-5"
      >
        <PolicyFields />
        <ViolationsPanel policy={tried} isSaved={isSaved} />
        {tried && <SameCall endpoint={putTokenPolicy} body={tried} />}
        {failure && <FormError {...failure} />}
        <div className="flex flex-wrap justify-end gap-2">
          <ButtonLink to="/tokens">Cancel</ButtonLink>
          <Button type="submit" variant="primary" pending={save.isPending}>
            {trial.isError && !isSaved
              ? 'Save without knowing what it blocks'
              : saveLabel(isSaved || trial.isPlaceholderData ? undefined : trial.data && countNew(trial.data))}
          </Button>
        </div>
      </form>
    </FormProvider>
  )
}
