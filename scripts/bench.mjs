// `npm run bench`: the benchmark, as ratios against something in the same run; `npm run bench archive` only that part.
import { NODE, ROOT, run, setUp } from './setup.mjs'

setUp()
run(NODE, ['--expose-gc', `${ROOT}bench/main.ts`, ...process.argv.slice(2)])
