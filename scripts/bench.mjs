// `npm run bench`: the benchmark, as ratios against something in the same run.
import { NODE, ROOT, run, setUp } from './setup.mjs'

setUp()
run(NODE, ['--expose-gc', `${ROOT}bench/main.ts`])
