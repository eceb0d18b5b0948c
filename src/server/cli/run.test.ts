import { expect, it } from 'vitest'

import { runCommandLine } from './run.ts'
import type { Surroundings } from './surroundings.ts'
import { HELP } from './usage.ts'

async function run(argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', '']
  const around: Surroundings = {
    env: {},
    pathOf: (file) => file,
    progress: () => undefined,
    note: (line) => (stderr += `${line}\n`),
    signal: new AbortController().signal,
  }
  const code = await runCommandLine(argv, around, (text) => (stdout += `${text}\n`))
  return { code, stdout, stderr }
}

it('without a command it tells the usage as an error', async () => {
  expect(await run([])).toEqual({ code: 2, stdout: '', stderr: HELP[''] })
})

it('a help that is asked for is no error', async () => {
  expect(await run(['--help'])).toEqual({ code: 0, stdout: HELP[''], stderr: '' })
  expect(await run(['list', '--help'])).toEqual({ code: 0, stdout: HELP['list'], stderr: '' })
})
