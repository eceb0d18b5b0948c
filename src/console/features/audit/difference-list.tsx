import { Minus, Plus } from 'lucide-react'

import { type Difference, differences } from './difference.ts'
import { factWords } from './fact-words.ts'

type Facts = Record<string, unknown> | null

const KIND_WORDS = { added: 'set', removed: 'gone', changed: 'changed' }

/** Before and after, field by field; a sign stands beside each colour. */
export function DifferenceList({ before, after }: { before: Facts; after: Facts }) {
  const list = differences(before, after)
  return (
    <section aria-label="Before and after">
      <h3 className="mb-1.5 text-base font-semibold">{headingOf(before, after)}</h3>
      {list.length === 0 ? (
        <p className="text-sm text-muted">Nothing differs in what is noted.</p>
      ) : (
        <dl className="overflow-clip rounded-lg border text-sm">
          {list.map((difference) => (
            <Line key={difference.path} difference={difference} />
          ))}
        </dl>
      )}
    </section>
  )
}

function headingOf(before: Facts, after: Facts): string {
  if (before === null) return 'What it was made with'
  return after === null ? 'What it was' : 'Before and after'
}

function Line({ difference: { path, kind, before, after } }: { difference: Difference }) {
  return (
    <div className="grid not-last:border-b sm:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="px-3 py-1.5 wrap-anywhere">
        <span className="font-medium" title={path}>
          {factWords(path)}
        </span>{' '}
        <span className="text-xs text-muted">{KIND_WORDS[kind]}</span>
      </dt>
      <dd className="flex min-w-0 flex-col sm:border-l">
        {before !== undefined && <Value text={before} isBefore />}
        {after !== undefined && <Value text={after} isBefore={false} />}
      </dd>
    </div>
  )
}

function Value({ text, isBefore }: { text: string; isBefore: boolean }) {
  const Sign = isBefore ? Minus : Plus
  return (
    <div className={`flex flex-1 gap-2 px-3 py-1.5 ${isBefore ? 'bg-danger-soft' : 'bg-success-soft'}`}>
      <Sign aria-hidden className="mt-1 size-3 shrink-0" />
      <span className="sr-only">{isBefore ? 'before:' : 'after:'}</span>
      <pre className="min-w-0 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{text}</pre>
    </div>
  )
}
