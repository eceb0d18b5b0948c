/**
 * Has the browser fetch a file of ours as a download. By a link that says so, the page stays where it is whatever the
 * answer: going to the address would put a refusal, as the API words it, in place of the console.
 */
export function startDownload(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
