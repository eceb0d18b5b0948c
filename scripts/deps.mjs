// `npm run deps`: each runtime dependency with version, licence, size on disk and the reason it is here. Ends with 1 where
// a licence (of any package that comes along, too) is not a permissive one, a dependency has no reason, or a reason
// (docs/dependencies.json) has no dependency. `--check` prints the faults and the totals only.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])
/** Fonts may be passed on under these; programs that use them are not touched by it. */
const FONT_LICENCES = new Set(['OFL-1.1'])
const FONT = /^@fontsource(-variable)?\//

const { root, isCheck } = readArguments(process.argv.slice(2))
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const { packages } = read('package-lock.json')
const { dependencies = {}, optionalDependencies = {} } = read('package.json')
const reasons = read('docs/dependencies.json')

const sizes = new Map()
const direct = Object.keys({ ...dependencies, ...optionalDependencies })
  .toSorted()
  .map((name) => ({
    name,
    place: `node_modules/${name}`,
    reason: reasons[name],
    ...reachedFrom(`node_modules/${name}`),
  }))
const all = new Set(direct.flatMap(({ place, behind }) => [place, ...behind]))
const faults = [...direct.flatMap(reasonFaults), ...staleReasons(), ...[...all].flatMap(licenceFaults)]

if (!isCheck) for (const line of table()) process.stdout.write(`${line}\n`)
const licences = [...all].map(licenceOf)
const counts = [...new Set(licences)]
  .toSorted((a, b) => a.localeCompare(b))
  .map((one) => `${one} ${licences.filter((it) => it === one).length}`)
process.stdout.write(
  `${direct.length} runtime dependencies, ${all.size - direct.length} packages behind them, ${mega(sum([...all]))} on disk. ${counts.join(', ')}.\n`,
)
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.exit(faults.length > 0 ? 1 : 0)

function readArguments(args) {
  const at = args.indexOf('--root')
  const home = dirname(dirname(fileURLToPath(import.meta.url)))
  return { root: at === -1 ? home : args[at + 1], isCheck: args.includes('--check') }
}

/** Every package that comes along with the one at `place`: what it asks for, as npm placed it. */
function reachedFrom(place) {
  const behind = new Set()
  const waiting = [place]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const entry = packages[at] ?? {}
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => !entry.peerDependenciesMeta?.[name]?.optional,
    )
    for (const name of [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers]) {
      const found = placeOf(name, at)
      if (found === undefined || found === place || behind.has(found)) continue
      behind.add(found)
      waiting.push(found)
    }
  }
  return { behind: [...behind] }
}

/** Where a package at `from` finds `name`: beside itself first, then further up. */
function placeOf(name, from) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages[place] !== undefined) return place
    if (at === '') return undefined
  }
}

/** Packages for other machines are not installed here: the lockfile knows their licence. */
function licenceOf(place) {
  const file = join(root, place, 'package.json')
  const { license, licenses } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : (packages[place] ?? {})
  const stated = license ?? licenses?.map?.((one) => one.type ?? one).join(' OR ')
  return (typeof stated === 'string' ? stated : stated?.type) ?? 'none'
}

/** True where one of the alternatives may be used; of licences that hold together, all must be permissive. */
function isPermissive(expression, name) {
  const known = (one) => PERMISSIVE.has(one) || (FONT.test(name) && FONT_LICENCES.has(one))
  return expression
    .replaceAll(/[()]/g, ' ')
    .split(/\sOR\s/)
    .some((together) => together.split(/\sAND\s/).every((one) => known(one.trim())))
}

function nameOf(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

function licenceFaults(place) {
  const licence = licenceOf(place)
  return isPermissive(licence, nameOf(place))
    ? []
    : [`${nameOf(place)}: the licence ${licence} is not a permissive one.`]
}

function reasonFaults({ name, reason }) {
  const isGiven = typeof reason === 'string' && reason.trim() !== ''
  return isGiven ? [] : [`${name}: docs/dependencies.json gives no reason for it.`]
}

function staleReasons() {
  return Object.keys(reasons)
    .filter((name) => !direct.some((one) => one.name === name))
    .map((name) => `${name}: docs/dependencies.json gives a reason, and package.json does not have it.`)
}

/** Bytes of a package without those that lie inside of it; 0 where it is not installed. */
function sizeOf(place) {
  if (!sizes.has(place)) sizes.set(place, measure(join(root, place)))
  return sizes.get(place)
}

function measure(folder) {
  if (!existsSync(folder)) return 0
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += measure(path)
    else if (entry.isFile()) bytes += statSync(path).size
  }
  return bytes
}

function sum(places) {
  return places.reduce((bytes, place) => bytes + sizeOf(place), 0)
}

function mega(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e5 ? 2 : 1)} MB`
}

function table() {
  const rows = direct.map(({ name, place, behind, reason = '' }) => [
    name,
    packages[place]?.version ?? '?',
    licenceOf(place),
    existsSync(join(root, place)) ? mega(sizeOf(place)) : 'not here',
    behind.length === 0 ? '' : `+ ${behind.length}, ${mega(sum(behind))}`,
    reason,
  ])
  const head = ['package', 'version', 'licence', 'size', 'behind it', 'reason']
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at].length)))
  const draw = (row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]))).join('  ')
  return [head, ...rows].map(draw)
}
