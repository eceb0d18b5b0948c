import type { Schedule } from '#api/contract/schedules.ts'
import { schedules } from '#console/data/schedules.ts'
import { useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Lets a schedule pause, or run again at its times; the notice of it can call it back, once, from any page. */
export function usePause({ id, name, paused }: Pick<Schedule, 'id' | 'name' | 'paused'>) {
  const pause = useTold(schedules.pause(), `${name} was not paused`, { showsFailure: false })
  const resume = useTold(schedules.pause(), `${name} was not resumed`, { showsFailure: false })
  const toast = useToast()

  function set(isPaused: boolean, isUndo = false): void {
    const { run } = isPaused ? pause : resume
    run(
      { id, paused: isPaused },
      {
        onSuccess: () =>
          toast.success(isPaused ? `${name} is paused` : `${name} runs again at its times`, {
            action: isUndo ? undefined : { label: 'Undo', onSelect: () => set(!isPaused, true) },
          }),
      },
    )
  }

  return { toggle: () => set(!paused), isPending: pause.isPending || resume.isPending }
}
