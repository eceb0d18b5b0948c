import type { TokenDependant } from '#api/contract/tokens.ts'
import { TextLink } from '#console/ui/text-link.tsx'

import { dependantKind, dependantPath } from './dependant-words.ts'

/** What runs with a token, each with the way to it. */
export function DependantList({ dependants }: { dependants: readonly TokenDependant[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {dependants.map((dependant) => {
        const path = dependantPath(dependant)
        return (
          <li key={`${dependant.kind} ${dependant.id}`} className="min-w-0 wrap-anywhere">
            {path === undefined ? dependant.name : <TextLink to={path}>{dependant.name}</TextLink>}
            <span className="text-muted">, {dependantKind(dependant)}</span>
          </li>
        )
      })}
    </ul>
  )
}
