import { useEffect } from 'react'

const productName = 'Metadeck'

/** Names the window after the page; leaves it alone while the name is unknown. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return
    document.title = `${title} · ${productName}`
  }, [title])
}
