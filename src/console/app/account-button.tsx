import { Button, type ButtonProps } from '#console/ui/button.tsx'

/** "Ada Lovelace" → "AL". */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => Array.from(word ?? '')[0] ?? '')
  return letters.join('').toUpperCase() || '?'
}

/** The account's button; takes what a menu adds to its trigger. */
export function AccountButton({ name, ...rest }: ButtonProps & { name: string }) {
  return (
    <Button {...rest} variant="ghost" size="sm" className="px-0.5!" aria-label={`Account: ${name}`}>
      <span
        aria-hidden
        className="grid size-6 place-items-center rounded-full bg-accent-soft text-key font-semibold text-accent"
      >
        {initialsOf(name)}
      </span>
    </Button>
  )
}
