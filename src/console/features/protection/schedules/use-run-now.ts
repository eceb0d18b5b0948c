import type { Schedule } from '#api/contract/schedules.ts'
import { schedules } from '#console/data/schedules.ts'
import { useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Runs a schedule besides its times. What it does is seen in the list of its runs. */
export function useRunNow({ id, name }: Pick<Schedule, 'id' | 'name'>) {
  const { run, isPending } = useTold(schedules.run(), `${name} was not started`, { showsFailure: false })
  const toast = useToast()
  const start = () =>
    run(id, {
      onSuccess: () =>
        toast.success(`${name} runs now`, { description: 'Runs on the server. You can close this tab.' }),
    })
  return { start, isPending }
}
