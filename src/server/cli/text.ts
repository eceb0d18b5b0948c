const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `1.5 MB`. */
export function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const value = bytes / 1_000 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power] ?? 'B'}`
}

/** `12,345 rows`. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** `2026-11-21 03:00:07 UTC`. */
export function momentText(iso: string | null): string {
  return iso === null ? '-' : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** `1.2 s`, `3 min 4 s`. */
export function durationText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`
}

/** Lines of aligned columns. Control characters in names would break the lines, and terminals. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\p{Cc}/gu, '?')))
  const widths = head.map((_name, column) => Math.max(...clean.map((row) => row[column]?.length ?? 0)))
  return clean
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `name: value` lines, aligned; what is null is left out. */
export function factsText(facts: Record<string, string | null>): string {
  const shown = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null)
  const width = Math.max(0, ...shown.map(([name]) => name.length)) + 2
  return shown.map(([name, value]) => `${`${name}:`.padEnd(width)}${value.replaceAll(/\p{Cc}/gu, '?')}`).join('\n')
}
