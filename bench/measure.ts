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

/** Runs of one contender before the other has its turn: each then works at its own speed, as under load. */
const RUNS_A_TURN = 50

/**
 * Medians of two contenders, run in short turns so that a machine that slows down slows both. The ratio is the second
 * divided by the first: how many times faster the first one is.
 */
export async function compare(
  runs: number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<{ firstMs: number; secondMs: number; ratio: number }> {
  const turn = Math.min(RUNS_A_TURN, Math.ceil(runs / 3))
  const times: [number[], number[]] = [[], []]
  // The first turns are not counted: compilers and caches are cold then.
  for (let done = -turn; done < runs; done += turn) {
    const into: [number[], number[]] = done < 0 ? [[], []] : times
    for (let run = 0; run < turn; run += 1) into[0].push(await once(first))
    for (let run = 0; run < turn; run += 1) into[1].push(await once(second))
  }
  const [firstMs = Number.NaN, secondMs = Number.NaN] = times.map(
    (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN,
  )
  return { firstMs, secondMs, ratio: secondMs / firstMs }
}

/** Callers at work at the same time when throughput is measured. */
export const CALLERS = 8

/** Requests a second of `CALLERS` callers, each with its own way of working, over `runs` requests each. */
async function throughput(callers: readonly (() => Promise<unknown>)[], runs: number): Promise<number> {
  const began = performance.now()
  await Promise.all(
    callers.map(async (work) => {
      for (let run = 0; run < runs; run += 1) await work()
    }),
  )
  return (callers.length * runs * 1_000) / (performance.now() - began)
}

/** Median rates of two groups of callers, in turns. The ratio is the first divided by the second. */
export async function compareThroughput(
  runs: number,
  first: readonly (() => Promise<unknown>)[],
  second: readonly (() => Promise<unknown>)[],
): Promise<{ firstRate: number; secondRate: number; ratio: number }> {
  const rates: [number[], number[]] = [[], []]
  for (let turn = 0; turn < 7; turn += 1) {
    rates[0].push(await throughput(first, runs))
    rates[1].push(await throughput(second, runs))
  }
  const [firstRate = Number.NaN, secondRate = Number.NaN] = rates.map(
    (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN,
  )
  return { firstRate, secondRate, ratio: firstRate / secondRate }
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
