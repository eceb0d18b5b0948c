import { useQuery } from '@tanstack/react-query'
import { CircleCheck, TriangleAlert } from 'lucide-react'

import { protection } from '#console/data/protection.ts'

import { summaryWords } from './protection-words.ts'

/** How bad it is, in words; what the page is for as long as that is not known. */
export function ProtectionSummary() {
  const { data } = useQuery(protection.list())
  if (data === undefined) return 'Whether every workspace could be brought back.'
  const { words, isGood } = summaryWords(data)
  if (data.length === 0) return words
  const Icon = isGood ? CircleCheck : TriangleAlert
  return (
    <span className={`flex items-start gap-1.5 ${isGood ? 'text-success' : 'text-warning'}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5]" />
      {words}
    </span>
  )
}
