import { Link } from 'react-router'

/** The mark and the name; leads to the start. */
export function Brand({ compact = false }: { compact?: boolean }) {
  return (
    <Link
      to="/"
      aria-label="Metadeck, to the start"
      className="flex h-8 items-center gap-2 rounded-md pr-1 font-semibold"
    >
      <span aria-hidden className="grid size-5 place-items-center rounded-sm bg-accent text-accent-foreground">
        <svg
          viewBox="0 0 16 16"
          className="size-3.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        >
          <path d="M2.5 4h11M2.5 8h11M2.5 12h6" />
        </svg>
      </span>
      <span className={compact ? 'hidden sm:inline' : undefined}>Metadeck</span>
    </Link>
  )
}
