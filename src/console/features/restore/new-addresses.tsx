import type { RenamedCanonical } from '#api/contract/restores.ts'

/** API groups with the address that they have in the archive and the one that they get. */
export function NewAddresses({ renamed }: { renamed: readonly RenamedCanonical[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {renamed.map(({ group, from, to }) => (
        <li key={from} className="flex flex-wrap gap-x-3">
          <span className="min-w-0 wrap-anywhere">{group}</span>
          <code className="font-mono wrap-anywhere">
            {from} → {to}
          </code>
        </li>
      ))}
    </ul>
  )
}
