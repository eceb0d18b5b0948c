import type { ConstructHeader } from '#xanoscript/construct-header.ts'
import { XanoScriptError } from '#xanoscript/position.ts'
import { readConstruct } from '#xanoscript/read-construct.ts'

import { badArchive } from './archive-error.ts'
import type { Manifest, ManifestConstruct } from './manifest.ts'
import { readDocument } from './read-document.ts'

/** A construct of an archive; `group` is the name of a query's API group, `draft` the text of its draft. */
export type ReadConstruct = Omit<ManifestConstruct, 'definition'> & { description: string; text: string }

/**
 * Reads the constructs. A text that this release cannot read is taken as it is, under the name that the manifest
 * gives: it was stored like this, and a restore must not fail for it. Drafts may say anything. Throws `bad_archive` where manifest and texts
 * contradict each other.
 */
export function readConstructs(manifest: Manifest, texts: ReadonlyMap<string, string>): ReadConstruct[] {
  const groups = new Set(manifest.apiGroups.map(({ name }) => name))
  const taken = new Set<string>()
  return manifest.constructs.map((listed) => {
    const { definition, ...construct } = listed
    requirePlace(listed, groups)
    for (const key of keysOf(listed)) {
      if (taken.has(key)) throw badArchive('bad_manifest', `The construct in "${definition}" is there twice.`)
      taken.add(key)
    }
    const { text, header } = readDocument(definition, texts, (source) => ({ text: source, header: headerOf(source) }))
    if (header !== null && !isSame(header, listed)) {
      throw badArchive(
        'bad_manifest',
        `The table of contents of the archive names another construct than "${definition}".`,
      )
    }
    const draft = listed.draft === null ? null : readDocument(listed.draft, texts, String)
    return { ...construct, description: header?.description ?? '', text, draft }
  })
}

/** A query has a method and a group of the archive; nothing else has. */
function requirePlace({ kind, verb, group, definition }: ManifestConstruct, groups: ReadonlySet<string>): void {
  const isQuery = kind === 'query'
  if (isQuery === (verb !== null) && isQuery === (group !== null) && (group === null || groups.has(group))) return
  throw badArchive('bad_manifest', `The construct in "${definition}" has no place in the archive's API groups.`)
}

/** What must be unique in a branch: the guid, and the name or, of a query, name and method in its group. */
function keysOf({ kind, name, verb, group, guid }: ManifestConstruct): string[] {
  return [JSON.stringify([kind, guid]), JSON.stringify([kind, name.toLowerCase(), verb, group?.toLowerCase()])]
}

function headerOf(text: string): ConstructHeader | null {
  try {
    return readConstruct(text)
  } catch (error) {
    if (error instanceof XanoScriptError) return null
    throw error
  }
}

function isSame(header: ConstructHeader, { kind, name, verb }: ManifestConstruct): boolean {
  return header.kind === kind && header.name === name && header.verb === verb
}
