import type { WriteChannelRule } from '#api/contract/realtime.ts'

import { invalidInput } from '../../errors.ts'
import { isWildcard } from './channel-rule.ts'

/** Throws 400 naming the rule unless the rules can stand beside each other. */
export function checkRules(rules: readonly WriteChannelRule[]): void {
  const patterns = new Set<string>()
  for (const [at, rule] of rules.entries()) {
    const key = rule.pattern.toLowerCase()
    if (patterns.has(key)) {
      throw invalidInput(
        `channels.${at}.pattern`,
        `The pattern "${rule.pattern}" is there twice. Give each channel once.`,
      )
    }
    patterns.add(key)
    if (rule.wildcard === false && isWildcard(rule.pattern)) {
      throw invalidInput(
        `channels.${at}.wildcard`,
        `The pattern "${rule.pattern}" ends in *, so it is a wildcard. Leave wildcard out, or take the * away.`,
      )
    }
  }
}

interface Known {
  id: number
  name: string
}

/** Finds for each rule the channel it is for: the one it names by id, else the one of its pattern; null for a new one. */
export function matchRules<Channel extends Known>(
  rules: readonly WriteChannelRule[],
  channels: readonly Channel[],
): (Channel | null)[] {
  const free = new Set(channels)
  const byId = rules.map(({ id }, at) => {
    if (id === undefined) return null
    const found = [...free].find((channel) => channel.id === id)
    if (found === undefined) {
      throw invalidInput(
        `channels.${at}.id`,
        `The live branch has no realtime channel ${id}, or two rules name it. Leave the id out for a new channel.`,
      )
    }
    free.delete(found)
    return found
  })
  return rules.map(({ pattern }, at) => {
    const found = byId[at] ?? [...free].find(({ name }) => name.toLowerCase() === pattern.toLowerCase()) ?? null
    if (found !== null) free.delete(found)
    return found
  })
}
