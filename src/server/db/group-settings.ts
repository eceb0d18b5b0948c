import type { ApiGroupDocument } from '#xanoscript/settings-document.ts'

import type { ApiGroupSettings } from './tables.ts'

/** What only the document of a group says, as it is stored; left out where it does not say. */
export function groupSettings({ active, history, middleware, cors }: ApiGroupDocument): ApiGroupSettings {
  const said = Object.entries({ active: active ?? undefined, history, middleware, cors })
  return Object.fromEntries(said.filter(([, value]) => value !== undefined))
}
