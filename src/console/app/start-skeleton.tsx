/** The frame's outline while the first page is on its way, so that nothing jumps when it comes. */
export function StartSkeleton() {
  return (
    <output aria-label="Loading" className="block min-h-dvh">
      <div className="h-1 bg-muted" />
      <div className="h-11 border-b bg-panel" />
    </output>
  )
}
