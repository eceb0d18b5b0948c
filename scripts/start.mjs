// `npm start`: everything a fresh checkout needs, then the server.
import { spawn } from 'node:child_process'

import { buildConsole } from './build-console.mjs'
import { environment, NODE, ROOT, SERVER_FLAGS, SERVER_MEMORY, setUp } from './setup.mjs'

setUp()
buildConsole()
// Node keeps what it compiled (and stripped of types): the second start is then twice as fast.
const env = environment({ ...SERVER_MEMORY, NODE_COMPILE_CACHE: `${ROOT}node_modules/.cache/node` })
const server = spawn(NODE, [...SERVER_FLAGS, `${ROOT}src/server/main.ts`], { env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
