// `npm run build`: packages and console, without starting anything.
import { buildConsole } from './build-console.mjs'
import { setUp } from './setup.mjs'

setUp()
buildConsole()
