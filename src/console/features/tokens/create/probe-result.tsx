import { Check, TriangleAlert } from 'lucide-react'

import type { TokenProbe } from '#api/contract/token-usage.ts'
import { cx } from '#console/lib/cx.ts'
import { Callout } from '#console/ui/callout.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { isAsExpected, type ProbedScope, probeWords, statusWords } from './probe-words.ts'

/** Expected against actual, scope by scope; what differs is on top and in view at once. */
export function ProbeResult({ probe }: { probe: TokenProbe }) {
  const tone = probe.isAsExpected ? 'success' : probe.refusal === null ? 'danger' : 'warning'
  const items = [...probe.items.filter((item) => !isAsExpected(item)), ...probe.items.filter(isAsExpected)]
  return (
    <div className="flex flex-col gap-2">
      <div aria-live="polite">
        <Callout
          tone={tone}
          title={probe.refusal === null ? undefined : 'It is not let in from here'}
          action={
            <CopyButton text={probe.text} label="Copy result">
              Copy result
            </CopyButton>
          }
        >
          {probeWords(probe)}
        </Callout>
      </div>
      {items.length > 0 && (
        <details open={!probe.isAsExpected} className="text-sm">
          <summary className="w-fit cursor-pointer rounded-xs text-muted">Each call, expected and actual</summary>
          <ProbeTable items={items} />
        </details>
      )}
    </div>
  )
}

function ProbeTable({ items }: { items: readonly ProbedScope[] }) {
  return (
    <ScrollRegion aria-label="Probed scopes" className="mt-2 max-h-80 overflow-auto rounded-lg border bg-panel">
      <table className="w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr className="text-left text-muted">
            {['Scope', 'Expected', 'Actual', 'Call'].map((title) => (
              <th key={title} scope="col" className="sticky top-0 h-8 border-b bg-panel px-3 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <ProbeRow key={item.scope} item={item} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function ProbeRow({ item }: { item: ProbedScope }) {
  const isGood = isAsExpected(item)
  const Icon = isGood ? Check : TriangleAlert
  return (
    <tr className="[&:last-child>*]:border-b-0">
      <th scope="row" className="h-8 border-b px-3 text-left font-normal sm:whitespace-nowrap">
        {item.label}
      </th>
      <td className="border-b px-3">{item.expected}</td>
      <td className={cx('border-b px-3 whitespace-nowrap', !isGood && 'font-medium text-danger')}>
        <Icon aria-hidden className={cx('mr-1 inline size-3.5 stroke-[1.5]', isGood && 'text-success')} />
        {item.actual} <span className="text-muted">({statusWords(item)})</span>
        {!isGood && <span className="sr-only">, not as expected</span>}
      </td>
      <td className="border-b px-3">
        <code className="whitespace-nowrap text-muted">
          {item.method} {item.path}
        </code>
      </td>
    </tr>
  )
}
