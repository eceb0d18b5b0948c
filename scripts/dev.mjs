// `npm run dev`: the server with reload on port 4000, the console with hot reload in front of it.
import { spawn } from 'node:child_process'

import { environment, NODE, ROOT, SERVER_FLAGS, SERVER_MEMORY, setUp } from './setup.mjs'

setUp()
const env = environment({ ...SERVER_MEMORY, PUBLIC_URL: process.env.PUBLIC_URL ?? 'http://127.0.0.1:5173' })
const children = [
  spawn(NODE, [...SERVER_FLAGS, '--watch', '--watch-preserve-output', `${ROOT}src/server/main.ts`], {
    env,
    stdio: 'inherit',
  }),
  spawn(NODE, [`${ROOT}node_modules/vite/bin/vite.js`, '--port', '5173', '--strictPort'], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  }),
]
const stop = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
