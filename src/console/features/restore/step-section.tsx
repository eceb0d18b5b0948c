import { useEffect, useRef, type ReactNode } from 'react'

export interface StepSectionProps {
  title: string
  description?: ReactNode
  /** Moves the focus to the heading: after a step forward or back, not on the first look at the page. */
  takesFocus: boolean
  children: ReactNode
}

/** The content of one step under its heading. */
export function StepSection({ title, description, takesFocus, children }: StepSectionProps) {
  const headingRef = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    if (takesFocus) headingRef.current?.focus({ preventScroll: true })
  }, [takesFocus])

  return (
    <section className="flex min-w-0 flex-col gap-4">
      <div>
        <h2 ref={headingRef} tabIndex={-1} className="text-lg font-semibold">
          {title}
        </h2>
        {description && <p className="text-base text-muted">{description}</p>}
      </div>
      {children}
    </section>
  )
}

/** Back is always free; the way on is the step's own button, last. */
export function StepFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2 border-t pt-4">{children}</div>
}
