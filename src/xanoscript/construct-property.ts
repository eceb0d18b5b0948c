import { aKind } from './a-kind.ts'
import type { Value } from './ast.ts'
import { cacheValue } from './cache-settings.ts'
import { channelValues } from './channel-settings.ts'
import { hasSetting, TARGETS } from './construct-grammar.ts'
import type { ConstructChanges } from './construct-header.ts'
import type { ConstructKind } from './construct-kinds.ts'
import { flagValue, objectValue, textsValue, textValue } from './read-property.ts'

/** Settings of a construct, as they are or as they shall be; null is none. */
export type Settings = { [Key in keyof ConstructChanges]: ConstructChanges[Key] | null }
/** By the name of the property; null is none, undefined says nothing about it. */
export type PropertyValues = Record<string, Value | null | undefined>

/** Throws where a setting is asked for that the kind does not have: a mistake of the caller. */
export function requireSettings(kind: ConstructKind, settings: Settings): void {
  for (const [key, value] of Object.entries(settings)) {
    const isAsked = value !== null && value !== undefined
    if (isAsked && !hasSetting(kind, key as keyof Settings)) throw new Error(`${aKind(kind)} has no setting "${key}"`)
  }
}

/** The properties that stand for the settings. */
export function propertyValues(kind: ConstructKind, settings: Settings): PropertyValues {
  const target = TARGETS[kind]
  return {
    api_group: map(settings.apiGroup, textValue),
    ...(target === undefined ? {} : { [target]: map(settings.target, textValue) }),
    description: map(settings.description, textValue),
    docs: map(settings.docs, textValue),
    auth: map(settings.auth, textValue),
    active: map(settings.active, flagValue),
    datasource: map(settings.datasource, textValue),
    actions: map(settings.actions, flagsValue),
    datasources: map(settings.datasources, textsValue),
    ...map(settings.channel, channelValues),
    tags: map(settings.tags, textsValue),
    cache: map(settings.cache, cacheValue),
    guid: map(settings.guid, textValue),
  }
}

function flagsValue(flags: Record<string, boolean>): Value {
  return objectValue(Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, flagValue(flag)])))
}

function map<T, Result>(value: T | null | undefined, convert: (value: T) => Result): Result | null | undefined {
  if (value === undefined) return undefined
  return value === null ? null : convert(value)
}
