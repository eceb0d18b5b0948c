import type { Page } from '@playwright/test'

/** What the page tries and the content policy forbids, as `directive address`. */
export async function watchViolations(page: Page): Promise<string[]> {
  const found: string[] = []
  await page.exposeFunction('reportViolation', (text: string) => found.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber } = event
      const reporter = window as unknown as { reportViolation(text: string): Promise<void> }
      void reporter.reportViolation(
        `${location.pathname}: ${violatedDirective} ${blockedURI} (${sourceFile}:${lineNumber})`,
      )
    })
  })
  return found
}
