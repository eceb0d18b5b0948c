import { isDeepStrictEqual } from 'node:util'

import { type ChannelRow, settingsOf } from './store.ts'

type Told = Pick<ChannelRow, 'name' | 'settings' | 'events' | 'is_active'>

/** What the audit log tells of a channel. Of a webhook's address only the origin: with some receivers the rest is a secret. */
export function auditedOf(row: Told): object {
  const { name, events, is_active: active } = row
  const settings = settingsOf(row)
  if (settings.kind === 'webhook')
    return { name, kind: settings.kind, origin: new URL(settings.url).origin, events, active }
  return { name, ...settings, events, active }
}

/** True where messages go elsewhere or otherwise; of a webhook, that need not show in its origin. */
export function hasOtherSettings(before: Told, after: Told): boolean {
  return !isDeepStrictEqual(settingsOf(before), settingsOf(after))
}
