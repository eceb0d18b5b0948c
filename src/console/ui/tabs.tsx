import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface Tab<Value extends string> {
  value: Value
  label: ReactNode
  content: ReactNode
  /** A count beside the label. */
  count?: number | undefined
}

export interface TabsProps<Value extends string> {
  tabs: readonly Tab<Value>[]
  value: Value
  onValueChange: (value: Value) => void
  'aria-label': string
  className?: string | undefined
}

/** Views of one thing. Keep the chosen one in the URL. */
export function Tabs<Value extends string>({ tabs, value, onValueChange, className, ...rest }: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={onValueChange} className={cx('min-w-0', className)}>
      <BaseTabs.List aria-label={rest['aria-label']} className="flex gap-5 overflow-x-auto border-b pr-1 pl-0.5">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className={cx(
              '-mb-px flex h-9 items-center gap-1.5 rounded-t-sm border-b-2 border-transparent text-base font-medium whitespace-nowrap text-muted transition-[color]',
              'hover:text-foreground focus-visible:-outline-offset-2 data-active:border-accent data-active:text-foreground',
            )}
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="rounded-sm bg-muted px-1 text-xs text-muted tabular-nums">
                {tab.count.toLocaleString('en')}
              </span>
            )}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
