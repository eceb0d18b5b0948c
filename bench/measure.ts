/** Milliseconds of one run of `work`. */
export async function once(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Median milliseconds of `runs` runs, after one that is not counted. */
export async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) times.push(await once(work))
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}

/**
 * Medians of two contenders, run in turns so that a machine that slows down slows both. The ratio is the second
 * divided by the first: how many times faster the first one is.
 */
export async function compare(
  runs: number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<{ firstMs: number; secondMs: number; ratio: number }> {
  await first()
  await second()
  const times: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run += 1) {
    times[0].push(await once(first))
    times[1].push(await once(second))
  }
  const [firstMs = Number.NaN, secondMs = Number.NaN] = times.map(
    (list) => list.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN,
  )
  return { firstMs, secondMs, ratio: secondMs / firstMs }
}

/** One line of the report: what, ours, theirs, ratio. */
export function report(name: string, ours: string, other: string, ratio: number | null): void {
  const figure = ratio === null ? '' : `× ${ratio.toFixed(2)}`
  process.stdout.write(`${name.padEnd(44)} ${ours.padStart(14)}   ${other.padStart(28)}   ${figure}\n`)
}

/** Milliseconds for people. */
export function ms(value: number): string {
  return value < 100 ? `${value.toFixed(2)} ms` : `${(value / 1000).toFixed(2)} s`
}
