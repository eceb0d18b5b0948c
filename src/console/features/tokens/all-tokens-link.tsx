import { ArrowLeft } from 'lucide-react'

import { TextLink } from '#console/ui/text-link.tsx'

/** The way back to the list, above a page that is reached from it. */
export function AllTokensLink() {
  return (
    <nav aria-label="Back" className="-mb-2 text-sm">
      <TextLink to="/tokens" className="inline-flex items-center gap-1">
        <ArrowLeft aria-hidden className="size-3.5 stroke-[1.5]" />
        All tokens
      </TextLink>
    </nav>
  )
}
