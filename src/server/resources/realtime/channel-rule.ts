import type { RealtimeChannelRule, WriteChannelRule } from '#api/contract/realtime.ts'
import type { ChannelSettings, ConstructHeader } from '#xanoscript/construct-header.ts'

import { sentKeys } from '../workspaces/sent-keys.ts'

/** What a channel is that says nothing: members may join and listen once they are signed in, and send nothing. */
const CLOSED: ChannelSettings = {
  publicMessaging: { active: false, auth: false },
  privateMessaging: { active: false, auth: false },
  anonymousClients: false,
  nestedChannels: false,
  messageHistory: 0,
  authChannel: false,
  presence: false,
}

/** What a rule says of a channel, in the words of the language. */
export interface ChannelChanges {
  name: string
  description: string
  active: boolean
  channel: ChannelSettings
}

/** A pattern takes the channels below it where it ends so. */
export function isWildcard(pattern: string): boolean {
  return pattern.endsWith('*')
}

/** A channel as a rule of the realtime settings. */
export function toRule(id: number, header: ConstructHeader): RealtimeChannelRule {
  const channel = header.channel ?? CLOSED
  return {
    id,
    pattern: header.name,
    description: header.description,
    enabled: header.active ?? true,
    ...settingsOf(channel),
    wildcard: channel.nestedChannels || isWildcard(header.name),
  }
}

function settingsOf(
  channel: ChannelSettings,
): Omit<RealtimeChannelRule, 'id' | 'pattern' | 'description' | 'enabled' | 'wildcard'> {
  return {
    presence: channel.presence,
    anonymous_clients: channel.anonymousClients,
    client_authenticated_messaging: channel.authChannel,
    client_private_messaging: channel.privateMessaging.active,
    client_private_messaging_authenticated_only: channel.privateMessaging.auth,
    client_public_messaging: channel.publicMessaging.active,
    client_public_messaging_authenticated_only: channel.publicMessaging.auth,
    history: channel.messageHistory,
  }
}

/** Lays a rule over the channel that is there; what the rule leaves out stays, or is off in a new channel. */
export function changesOf(sent: WriteChannelRule, before: ConstructHeader | null): ChannelChanges {
  const rule = { ...(before === null ? newRule(sent.pattern) : toRule(0, before)), ...sentKeys(sent) }
  return {
    name: rule.pattern,
    description: rule.description,
    active: rule.enabled,
    channel: {
      publicMessaging: {
        active: rule.client_public_messaging,
        auth: rule.client_public_messaging_authenticated_only,
      },
      privateMessaging: {
        active: rule.client_private_messaging,
        auth: rule.client_private_messaging_authenticated_only,
      },
      anonymousClients: rule.anonymous_clients,
      nestedChannels: rule.wildcard,
      messageHistory: rule.history,
      authChannel: rule.client_authenticated_messaging,
      presence: rule.presence,
    },
  }
}

function newRule(pattern: string): RealtimeChannelRule {
  return {
    id: 0,
    pattern,
    description: '',
    enabled: true,
    ...settingsOf(CLOSED),
    wildcard: isWildcard(pattern),
  }
}
