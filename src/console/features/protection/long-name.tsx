/** A name that may be as long as somebody had patience to type: two lines of it, all of it on hover. */
export function LongName({ name }: { name: string }) {
  return (
    <span title={name} className="line-clamp-2 text-left wrap-anywhere whitespace-normal">
      {name}
    </span>
  )
}
