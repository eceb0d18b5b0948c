import type { QueryClient } from '@tanstack/react-query'
import { type ComponentType, useEffect, useState } from 'react'
import { useLoaderData, useLocation } from 'react-router'

/** Longest that a first page waits for the line; what comes later comes with the next page. */
const WAIT_MS = 2_000

type Line = ComponentType

export interface ExpiryNoticeData {
  /** There before the page is drawn; absent where that took too long. */
  expiryLine: Line | undefined
  /** The same, however long it takes; undefined where it cannot be had. */
  expiryLineLater: Promise<Line | undefined>
}

/**
 * Fetches the line's code and what it tells before the frame is drawn, so that it never pushes down a page that is being
 * read; waits no longer than that for `names`, which the frame shows too.
 */
export async function loadExpiryNotice(client: QueryClient, names?: Promise<unknown>): Promise<ExpiryNoticeData> {
  let expiryLine: Line | undefined
  const later = loadLine(client).then(
    (line) => (expiryLine = line),
    () => undefined,
  )
  const tooLate = new Promise((resolve) => {
    setTimeout(resolve, WAIT_MS)
  })
  await Promise.race([Promise.all([later, names]), tooLate])
  return { expiryLine, expiryLineLater: later }
}

async function loadLine(client: QueryClient): Promise<Line> {
  const { ExpiryLine, readExpiring } = await import('#console/features/tokens/expiry-line.tsx')
  await readExpiring(client)
  return ExpiryLine
}

/** The line over every page while a token is about to end. It comes and goes with the page, never under the reader's eyes. */
export function ExpiryNotice() {
  const { expiryLine, expiryLineLater } = useLoaderData<ExpiryNoticeData>()
  const { pathname } = useLocation()
  const [late, setLate] = useState<Line>()
  useEffect(() => {
    void expiryLineLater.then((line) => setLate(() => line))
  }, [expiryLineLater])
  return <AsOfThisPage key={pathname} line={expiryLine ?? late} />
}

function AsOfThisPage({ line }: { line: Line | undefined }) {
  const [Held] = useState(() => line)
  return Held && <Held />
}
