import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface Step<Id extends string> {
  id: Id
  label: string
  /** What was chosen there, in a few words. */
  summary?: ReactNode
}

export interface StepperProps<Id extends string> {
  steps: readonly Step<Id>[]
  currentId: Id
  /** Going back is always free: done steps can be pressed. Leave out once nothing can be changed any more. */
  onSelect?: ((id: Id) => void) | undefined
  label?: string | undefined
}

/** Where one is in a procedure: a column at the left, one line on a narrow screen. */
export function Stepper<Id extends string>({ steps, currentId, onSelect, label = 'Steps' }: StepperProps<Id>) {
  const current = steps.findIndex((step) => step.id === currentId)
  return (
    <nav aria-label={label} className="shrink-0 lg:w-48">
      <p className="mb-2 text-sm text-muted lg:hidden">
        Step {current + 1} of {steps.length}:{' '}
        <span className="font-medium text-foreground">{steps[current]?.label}</span>
      </p>
      <ol className="flex gap-1 lg:flex-col">
        {steps.map((step, index) => {
          const state = index < current ? 'done' : index === current ? 'current' : 'upcoming'
          const content = <StepContent step={step} number={index + 1} state={state} />
          return (
            <li
              key={step.id}
              aria-current={state === 'current' ? 'step' : undefined}
              className="min-w-0 flex-1 lg:flex-none"
            >
              {state === 'done' && onSelect ? (
                <button type="button" onClick={() => onSelect(step.id)} className={cx(stepClass, 'hover:bg-hover')}>
                  {content}
                </button>
              ) : (
                <div className={stepClass}>{content}</div>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const stepClass = 'flex w-full items-start gap-2 rounded-md text-left text-sm lg:px-2 lg:py-1.5'

interface StepContentProps {
  step: Step<string>
  number: number
  state: 'done' | 'current' | 'upcoming'
}

function StepContent({ step, number, state }: StepContentProps) {
  return (
    <>
      <span
        className={cx(
          'hidden size-5 shrink-0 place-items-center rounded-full border text-xs tabular-nums lg:grid',
          state === 'done' && 'border-success text-success',
          state === 'current' && 'border-accent bg-accent font-medium text-accent-foreground',
          state === 'upcoming' && 'border-line-strong text-muted',
        )}
      >
        {state === 'done' ? <Check aria-hidden className="size-3 stroke-2" /> : number}
      </span>
      <span className="hidden min-w-0 lg:block">
        <span className={cx('block', state === 'current' ? 'font-medium' : state === 'upcoming' && 'text-muted')}>
          {step.label}
        </span>
        {step.summary && <span className="block truncate text-xs text-muted">{step.summary}</span>}
      </span>
      <span
        className={cx(
          'my-1 h-1 w-full rounded-full lg:hidden',
          state === 'upcoming' ? 'bg-(--line)' : state === 'done' ? 'bg-success' : 'bg-accent',
        )}
      >
        <span className="sr-only">
          {step.label}
          {state === 'done' && ', done'}
        </span>
      </span>
      {state === 'done' && <span className="sr-only hidden lg:inline">done</span>}
    </>
  )
}
