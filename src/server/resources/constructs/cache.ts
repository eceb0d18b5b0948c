import { type Cache, CACHE_DEFAULT, type SetCache } from '#api/contract/construct-fields.ts'
import type { CacheSettings } from '#xanoscript/construct-header.ts'

/** What a text without a cache means in settings. */
export const NO_CACHE: CacheSettings = toCacheSettings({ active: false }, null)

/** A cache as the API answers it. The language has no `active`: a `ttl` of 0 is off. */
export function toCache(cache: CacheSettings | null): Cache {
  return cache === null ? CACHE_DEFAULT : { active: cache.ttl > 0, ...cache }
}

/**
 * A cache that was sent, in the language's terms. What it leaves out stays as it was `before`, or has its default where
 * there was none. Switched off, it loses its time, which the language has no other word for, and keeps the rest.
 */
export function toCacheSettings(sent: SetCache, before: CacheSettings | null): CacheSettings {
  const was = before ?? { ...CACHE_DEFAULT, ttl: 0 }
  const ttl = sent.ttl ?? was.ttl
  // A time switches it on, and so does the word alone.
  const isActive = sent.active ?? ttl > 0
  return {
    ttl: isActive ? ttl || CACHE_DEFAULT.ttl : 0,
    input: sent.input ?? was.input,
    auth: sent.auth ?? was.auth,
    datasource: sent.datasource ?? was.datasource,
    ip: sent.ip ?? was.ip,
    headers: sent.headers ?? was.headers,
    env: sent.env ?? was.env,
  }
}
