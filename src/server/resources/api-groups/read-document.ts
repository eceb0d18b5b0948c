import { ApiGroupGuid, Canonical, UpdateApiGroup } from '#api/contract/api-groups.ts'
import { XanoScriptError } from '#xanoscript/position.ts'
import { type ApiGroupDocument, parseApiGroup } from '#xanoscript/settings-document.ts'

import { groupSettings } from '../../db/group-settings.ts'
import { parseInput } from '../../route.ts'
import { requireSame, type SentText, syntaxError } from '../constructs/document.ts'
import type { ApiGroupFields } from './store.ts'

const DocumentFields = UpdateApiGroup.partial({ swagger: true }).extend({
  guid: ApiGroupGuid.optional(),
  canonical: Canonical.optional(),
})

/**
 * What an `api_group` document says. It is the whole group: a description, docs or tags that it does not have are
 * taken away, and so are its settings. Guid, canonical and the publishing of the documentation stay where it is
 * silent. Throws 400, for a text that does not parse with `line` and `col`.
 */
export function readDocument({ xanoscript, beside }: SentText): ApiGroupFields & { name: string } {
  const document = parse(xanoscript)
  requireSame(document, beside)
  const fields = parseInput(DocumentFields, {
    name: document.name,
    description: document.description ?? '',
    docs: document.docs ?? '',
    tag: document.tags,
    swagger: document.swagger ?? undefined,
    guid: document.guid ?? undefined,
    canonical: document.canonical ?? undefined,
  })
  const settings = groupSettings(document)
  if (document.swagger === null) return { ...fields, settings }
  return { ...fields, settings, documentation: { require_token: document.swaggerToken !== undefined } }
}

function parse(xanoscript: string): ApiGroupDocument {
  try {
    return parseApiGroup(xanoscript)
  } catch (error) {
    if (error instanceof XanoScriptError) throw syntaxError(error)
    throw error
  }
}
