import { TextLink } from '#console/ui/text-link.tsx'

import { refusalParts } from './refusal-parts.ts'

/** Why something cannot be undone, with the way to the restore that stands before it. */
export function Refusal({ words }: { words: string }) {
  return (
    <p className="text-sm text-muted">
      {refusalParts(words).map(({ at, text, restoreId }) =>
        restoreId === undefined ? (
          text
        ) : (
          <TextLink key={at} to={`/restores/${restoreId}`}>
            {text}
          </TextLink>
        ),
      )}
    </p>
  )
}
