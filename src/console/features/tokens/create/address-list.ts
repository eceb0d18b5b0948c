const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/
const IPV6_CHARACTERS = /^[\da-f:.]{2,45}$/i
const PREFIX = /^(?:0|[1-9]\d{0,2})$/

/** Entries of text as it is typed or pasted: with blanks, commas, semicolons or line breaks between them, each once. */
export function splitEntries(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((entry) => entry !== ''))]
}

function bitsOf(host: string): 32 | 128 | undefined {
  if (IPV4.test(host)) return 32
  const isIpv6 = host.includes(':') && IPV6_CHARACTERS.test(host) && URL.canParse(`http://[${host}]/`)
  return isIpv6 ? 128 : undefined
}

/** What is wrong with an entry of an allow-list, naming it; nothing when it is an IP address or a range of them. */
export function addressProblem(entry: string): string | undefined {
  const [host = '', prefix, ...rest] = entry.split('/')
  const bits = bitsOf(host)
  if (bits === undefined) {
    return `“${entry}” is no IP address. Write it like 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32; names of hosts do not work.`
  }
  if (prefix === undefined) return undefined
  if (rest.length === 0 && PREFIX.test(prefix) && Number(prefix) <= bits) return undefined
  return `“${entry}”: after the slash comes one number from 0 to ${bits} for IPv${bits === 32 ? 4 : 6}.`
}
