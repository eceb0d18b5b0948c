import { ChevronDown } from 'lucide-react'
import { lazy, type ComponentProps } from 'react'

import { Button } from '#console/ui/button.tsx'
import { OnIntent } from '#console/ui/on-intent.tsx'
import type { Switcher as UiSwitcher } from '#console/ui/switcher.tsx'

const load = () => import('#console/ui/switcher.tsx')
const Switcher = lazy(async () => ({ default: (await load()).Switcher }))

type CrumbSwitcherProps = ComponentProps<typeof UiSwitcher> &
  Required<Pick<ComponentProps<typeof UiSwitcher>, 'open' | 'onOpenChange'>>

/** A switcher whose list is fetched when it is first opened, by pointer or by key. */
export function CrumbSwitcher(props: CrumbSwitcherProps) {
  const text = props.options.find((option) => option.value === props.value)?.label
  return (
    <OnIntent
      preload={load}
      popup="dialog"
      isWanted={props.open}
      onWanted={() => props.onOpenChange(true)}
      standIn={
        <Button
          variant="ghost"
          size="sm"
          aria-label={`${props.label}: ${text ?? props.placeholder}`}
          className={`min-w-0 shrink! gap-1! px-1.5! text-base! ${text === undefined ? 'text-muted!' : ''} ${props.className ?? ''}`}
        >
          <span className="truncate">{text ?? props.placeholder}</span>
          <ChevronDown aria-hidden className="size-3.5! text-muted" />
        </Button>
      }
    >
      <Switcher {...props} />
    </OnIntent>
  )
}
