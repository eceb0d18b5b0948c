import { runCommandLine } from './run.ts'
import { surroundingsOf } from './surroundings.ts'

const interrupt = new AbortController()
// Further ones are taken too: a terminal sends an interrupt to every process of a command at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort())

const around = surroundingsOf(process, interrupt.signal)
const code = await runCommandLine(process.argv.slice(2), around, (text) => process.stdout.write(`${text}\n`))
// Idle connections of libraries must not keep a finished command; what it printed is awaited.
process.stdout.write('', () => process.exit(code))
