/** One key, or several shown beside each other: `<Kbd keys={['g', 'i']} />`. */
export function Kbd({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.map((key) => (
        <kbd
          key={key}
          className="grid h-4.5 min-w-4.5 place-items-center rounded-xs border bg-panel px-1 font-sans text-key font-medium text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
