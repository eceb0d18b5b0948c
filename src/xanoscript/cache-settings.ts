import type { Value } from './ast.ts'
import type { CacheSettings } from './construct-header.ts'
import { flagValue, numberValue, objectValue, type PropertyReader, textsValue } from './read-property.ts'

/** What `cache = {...}` says, null where it is not there; parts left out are off. */
export function readCache(properties: PropertyReader): CacheSettings | null {
  const reader = properties.object('cache')
  if (reader === null) return null
  return {
    ttl: reader.count('ttl') ?? 0,
    input: reader.flag('input') ?? false,
    auth: reader.flag('auth') ?? false,
    datasource: reader.flag('datasource') ?? false,
    ip: reader.flag('ip') ?? false,
    headers: reader.texts('headers') ?? [],
    env: reader.texts('env') ?? [],
  }
}

/** The value of `cache`. */
export function cacheValue(cache: CacheSettings): Value {
  return objectValue({
    ttl: numberValue(cache.ttl),
    input: flagValue(cache.input),
    auth: flagValue(cache.auth),
    datasource: flagValue(cache.datasource),
    ip: flagValue(cache.ip),
    headers: textsValue(cache.headers),
    env: textsValue(cache.env),
  })
}
