import { type AppError, invalidInput } from '../errors.ts'
import { FORMAT_WITH_CONSTRUCTS } from './format.ts'
import { constructKey } from './import-ids.ts'
import { NOTHING_TOUCHED, type PartChoice, type Touched } from './import-request.ts'
import { listNames } from './list-names.ts'
import type { Manifest, ManifestFile } from './manifest.ts'
import type { ReadConstruct } from './read-constructs.ts'
import type { ReadApiGroup, ReadContents } from './read-contents.ts'

/** What of an archive comes in beside tables. */
export interface ChosenParts {
  groups: ReadApiGroup[]
  /** The endpoints of the groups, and what was chosen outside them. */
  constructs: ReadConstruct[]
  files: ManifestFile[]
  /** What goes whether something takes its place or not. */
  going: Touched
}

interface Archive {
  manifest: Manifest
  contents: Pick<ReadContents, 'apiGroups' | 'constructs'>
}

/**
 * Finds what was chosen. Throws 400 naming what the archive does not hold. Of what an earlier restore touched, the
 * archive need not hold anything.
 */
export function chooseParts(archive: Archive, choice: PartChoice | Touched): ChosenParts {
  return 'groups' in choice ? partsTouched(archive, choice) : partsNamed(archive, choice)
}

function partsNamed({ manifest, contents }: Archive, { apiGroups = [], constructs = [], files = [] }: PartChoice) {
  const groups = named(contents.apiGroups, apiGroups, ({ name }) => name)
  const known = new Set(groups.map(({ name }) => name.toLowerCase()))
  const lackingGroups = apiGroups.filter((name) => !known.has(name.toLowerCase()))
  if (lackingGroups.length > 0) throw unknown('apiGroups', 'API group ', lackingGroups.map(quoted), 'groups')
  if (constructs.length > 0) requireConstructs(manifest)
  const query = constructs.find(({ kind }) => kind === 'query')
  if (query !== undefined) {
    throw invalidInput('constructs', `The endpoint "${query.name}" comes with its API group: choose that in apiGroups.`)
  }
  const outside = contents.constructs.filter(({ group }) => group === null)
  const wanted = constructs.map(keyOf)
  const chosen = named(outside, wanted, keyOf)
  const found = new Set(chosen.map(keyOf))
  const lacking = constructs.filter((one) => !found.has(keyOf(one)))
  if (lacking.length > 0) {
    const names = lacking.map(({ kind, name }) => `${kind} "${name}"`)
    throw unknown('constructs', '', names, 'constructs')
  }
  return {
    groups,
    constructs: [...endpointsOf(contents, groups), ...chosen],
    files: filesNamed(manifest, files),
    going: NOTHING_TOUCHED,
  }
}

/** Case does not tell constructs apart, as in a workspace. */
function keyOf({ kind, name }: { kind: string; name: string }): string {
  return JSON.stringify([kind, name.toLowerCase()])
}

function named<Item>(items: readonly Item[], names: readonly string[], nameOf: (item: Item) => string): Item[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return items.filter((item) => wanted.has(nameOf(item).toLowerCase()))
}

function endpointsOf({ constructs }: Archive['contents'], groups: readonly ReadApiGroup[]): ReadConstruct[] {
  const names = new Set(groups.map(({ name }) => name))
  return constructs.filter(({ group }) => group !== null && names.has(group))
}

function requireConstructs({ format }: Manifest): void {
  if (format >= FORMAT_WITH_CONSTRUCTS) return
  throw invalidInput(
    'constructs',
    `The backup is of format ${format}, which holds no constructs. Leave them out, or choose a newer backup.`,
  )
}

function filesNamed({ includesFiles, files }: Manifest, choice: 'all' | readonly string[]): ManifestFile[] {
  if (choice.length === 0) return []
  if (!includesFiles) {
    throw invalidInput('files', 'The backup was made without stored files. Leave them out, or choose another backup.')
  }
  if (choice === 'all') return files
  const wanted = new Set(choice)
  const chosen = files.filter(({ path }) => wanted.has(path))
  const known = new Set(chosen.map(({ path }) => path))
  const lacking = [...wanted].filter((path) => !known.has(path))
  if (lacking.length > 0) throw unknown('files', 'stored file ', lacking.map(quoted), 'files')
  return chosen
}

function quoted(name: string): string {
  return `"${name}"`
}

function unknown(param: string, what: string, names: readonly string[], all: string): AppError {
  return invalidInput(param, `The backup holds no ${what}${listNames(names)}. Choose among the ${all} that it lists.`)
}

function partsTouched({ manifest, contents }: Archive, touched: Touched): ChosenParts {
  const [guids, keys, paths] = [new Set(touched.groups), new Set(touched.constructs), new Set(touched.files)]
  const groups = contents.apiGroups.filter(({ guid }) => guids.has(guid))
  const outside = contents.constructs.filter((one) => one.group === null && keys.has(constructKey(one)))
  return {
    groups,
    constructs: [...endpointsOf(contents, groups), ...outside],
    files: manifest.files.filter(({ path }) => paths.has(path)),
    going: touched,
  }
}
