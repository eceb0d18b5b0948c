import type { Value } from './ast.ts'
import type { ChannelSettings } from './construct-header.ts'
import { flagValue, numberValue, objectValue, type PropertyReader, refuse } from './read-property.ts'

/** Numbers of messages that a channel can keep (section 4 of the language's reference). */
const HISTORY_SIZES = [0, 25, 50, 100, 250, 1000]

type Messaging = ChannelSettings['publicMessaging']

/** What a realtime channel says; settings left out are off. */
export function readChannel(reader: PropertyReader): ChannelSettings {
  const settings = reader.object('settings')
  return {
    publicMessaging: readMessaging(reader.object('public_messaging')),
    privateMessaging: readMessaging(reader.object('private_messaging')),
    anonymousClients: settings?.flag('anonymous_clients') ?? false,
    nestedChannels: settings?.flag('nested_channels') ?? false,
    messageHistory: settings === null ? 0 : readHistory(settings),
    authChannel: settings?.flag('auth_channel') ?? false,
    presence: settings?.flag('presence') ?? false,
  }
}

function readMessaging(reader: PropertyReader | null): Messaging {
  return { active: reader?.flag('active') ?? false, auth: reader?.flag('auth') ?? false }
}

function readHistory(settings: PropertyReader): number {
  const value = settings.value('message_history')
  if (value === undefined) return 0
  const size = value.type === 'number' ? Number(value.text) : Number.NaN
  return HISTORY_SIZES.includes(size) ? size : refuse(`"message_history" is one of ${HISTORY_SIZES.join(', ')}`, value)
}

/** The values of the three properties of a channel, by name. */
export function channelValues(channel: ChannelSettings): Record<string, Value> {
  return {
    public_messaging: messagingValue(channel.publicMessaging),
    private_messaging: messagingValue(channel.privateMessaging),
    settings: objectValue({
      anonymous_clients: flagValue(channel.anonymousClients),
      nested_channels: flagValue(channel.nestedChannels),
      message_history: numberValue(channel.messageHistory),
      auth_channel: flagValue(channel.authChannel),
      presence: flagValue(channel.presence),
    }),
  }
}

function messagingValue({ active, auth }: Messaging): Value {
  return objectValue({ active: flagValue(active), auth: flagValue(auth) })
}
