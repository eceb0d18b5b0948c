// `npm run -s metadeck -- <command>`: the command line, on the pinned Node. Nothing but results on standard output.
import { spawn } from 'node:child_process'

import { environment, NODE, ROOT, SERVER_FLAGS, SERVER_MEMORY, setUp } from './setup.mjs'

setUp()
const env = environment({ ...SERVER_MEMORY, NODE_COMPILE_CACHE: `${ROOT}node_modules/.cache/node` })
const program = [...SERVER_FLAGS, `${ROOT}src/server/cli/main.ts`]
const command = spawn(NODE, [...program, ...process.argv.slice(2)], { env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => command.kill(signal))
command.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
