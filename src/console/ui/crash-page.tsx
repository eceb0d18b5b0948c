import { Button } from './button.tsx'
import { NoticePage } from './notice-page.tsx'

export interface CrashPageProps {
  /** The error's own words, to copy. */
  detail?: string | undefined
  /** Tries to draw the page again; otherwise it is loaded anew. */
  onRetry?: (() => void) | undefined
  standalone?: boolean | undefined
}

/** Our fault: the page could not be drawn. Needs no router, so it can stand at the very root. */
export function CrashPage({ detail, onRetry, standalone }: CrashPageProps) {
  return (
    <NoticePage
      title="This page stopped working"
      detail={detail}
      standalone={standalone}
      actions={
        <>
          <Button variant="primary" onClick={onRetry ?? (() => location.reload())}>
            Load the page again
          </Button>
          <Button onClick={() => location.assign('/')}>Go to the start</Button>
        </>
      }
    >
      An error in the console itself, not in your data. Work that runs on the server goes on. If it happens again, the
      detail below helps to find it.
    </NoticePage>
  )
}
