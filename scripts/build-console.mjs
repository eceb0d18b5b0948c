// Builds the console if it is stale, and lays precompressed files beside what was built.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import { ROOT, run } from './setup.mjs'

const OUT = `${ROOT}dist/console`
const STAMP = `${ROOT}dist/console.stamp`
const SOURCES = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'public',
  'src/console',
  'src/api',
  'src/xanoscript',
]
const COMPRESSIBLE = /\.(js|css|html|svg|json|txt)$/

function* filesIn(path) {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) return void (yield path)
  for (const name of readdirSync(path).toSorted()) yield* filesIn(join(path, name))
}

function sourceHash() {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesIn(join(ROOT, source))) {
      if (!file.endsWith('.test.ts')) hash.update(file.slice(ROOT.length)).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

function compress(file) {
  const bytes = readFileSync(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}

/** Builds unless the last build was made from the same sources. */
export function buildConsole() {
  const hash = sourceHash()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash && existsSync(join(OUT, 'index.html'))) return
  process.stderr.write('Building the console …\n')
  run('vite', ['build', '--logLevel', 'warn'])
  for (const file of Array.from(filesIn(OUT))) if (COMPRESSIBLE.test(file)) compress(file)
  writeFileSync(STAMP, hash)
}
