/** `http://127.0.0.1:4000`; an address of IPv6 stands in brackets. */
export function httpAddress(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Hosts that mean every address of the machine, by the one of them at which a browser there finds the server. */
const OWN_MACHINE: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** Where a browser on the same machine finds a server that listens there. */
export function browserAddress(host: string, port: number): string {
  return httpAddress(OWN_MACHINE[host] ?? host, port)
}
