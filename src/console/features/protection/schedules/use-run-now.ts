import { useMutation } from '@tanstack/react-query'

import type { Schedule } from '#api/contract/schedules.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Runs a schedule besides its times. What it does is seen in the list of its runs. */
export function useRunNow({ id, name }: Pick<Schedule, 'id' | 'name'>) {
  const { mutate, isPending } = useMutation(schedules.run())
  const toast = useToast()
  const start = () =>
    mutate(id, {
      onSuccess: () =>
        toast.success(`${name} runs now`, { description: 'Runs on the server. You can close this tab.' }),
      onError: (error) => {
        const { title, cause } = describeFailure(error, `${name} was not started`)
        toast.danger(title, { description: cause })
      },
    })
  return { start, isPending }
}
