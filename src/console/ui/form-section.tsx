import { useId, type ReactNode } from 'react'

export interface FormSectionProps {
  title: string
  /** One line below the title. */
  description?: ReactNode
  children: ReactNode
}

/** A part of a long form, with a heading and a rule above it. */
export function FormSection({ title, description, children }: FormSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3 border-t pt-4 first:border-t-0 first:pt-0">
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {description && <p className="text-sm text-muted">{description}</p>}
      </div>
      {children}
    </section>
  )
}
