export interface RecoverySheet {
  codes: readonly string[]
  /** The account's e-mail address; undefined where it is not known yet. */
  account: string | undefined
  /** Address of this console. */
  origin: string
  madeAt: Date
}

/** What is copied, downloaded and printed: which account, where, and one code a line. */
export function recoveryText({ codes, account, origin, madeAt }: RecoverySheet): string {
  return [
    `Recovery codes${account === undefined ? '' : ` of ${account}`} for Metadeck at ${origin}`,
    `Made ${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC. Each code works once, in place of the second step.`,
    '',
    ...codes,
    '',
  ].join('\n')
}

/** Hands the text to the browser as a file. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/**
 * Prints the text alone, not the page around it, from a frame of its own. Call the answer when the text must be gone:
 * not every browser tells when it has printed.
 */
export function printText(text: string): () => void {
  const frame = document.createElement('iframe')
  frame.setAttribute('aria-hidden', 'true')
  frame.className = 'sr-only'
  document.body.append(frame)
  const remove = () => frame.remove()
  const { contentWindow, contentDocument } = frame
  if (contentWindow === null || contentDocument === null) return remove
  const sheet = contentDocument.createElement('pre')
  sheet.textContent = text
  contentDocument.body.append(sheet)
  contentWindow.addEventListener('afterprint', remove)
  contentWindow.focus()
  contentWindow.print()
  return remove
}
