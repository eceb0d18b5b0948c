import { describe, expect, it } from 'vitest'

import { ChannelForm, formOf, mailboxes, saveOf } from './channel-form.ts'
import { eventsWords, placeWords } from './channel-words.ts'

const faults = (form: ChannelForm): string[] =>
  (ChannelForm.safeParse(form).error?.issues ?? []).map(({ path }) => path.join('.'))
const webhook: ChannelForm = { ...formOf(undefined), name: 'Pager', url: 'https://hooks.example.com/a' }
const email: ChannelForm = {
  ...webhook,
  kind: 'email',
  host: 'smtp.example.com',
  from: 'metadeck@example.com',
  to: 'ops@example.com, night@example.com',
}

describe('the form of a channel', () => {
  it('asks for what its kind needs and for nothing of the other', () => {
    expect(faults(webhook)).toEqual([])
    expect(faults({ ...webhook, url: 'hooks.example.com' })).toEqual(['url'])
    expect(faults(email)).toEqual([])
    expect(faults({ ...email, host: '', from: 'x', to: 'ops@example.com, night' })).toEqual(['host', 'from', 'to'])
    expect(faults({ ...email, to: ' , ' })).toEqual(['to'])
    expect(faults({ ...webhook, events: [] })).toEqual(['events'])
  })

  it('takes mailboxes however they are separated', () => {
    expect(mailboxes('a@b.co, c@d.co;e@f.co\ng@h.co')).toEqual(['a@b.co', 'c@d.co', 'e@f.co', 'g@h.co'])
  })

  it('sends the settings of its kind, and a secret only where one was typed', () => {
    expect(saveOf(webhook)).not.toHaveProperty('secret')
    expect(saveOf(webhook).settings).toEqual({ kind: 'webhook', url: 'https://hooks.example.com/a' })
    expect(saveOf({ ...email, secret: 'x' })).toMatchObject({
      secret: 'x',
      settings: { kind: 'email', to: ['ops@example.com', 'night@example.com'] },
    })
  })
})

it('says what is told and where', () => {
  expect(eventsWords(['failed', 'missed'])).toBe('Failed, Missed')
  expect(eventsWords(['failed', 'missed', 'looks_wrong', 'recovered'])).toBe('Failed, Missed and 2 more')
  expect(eventsWords(formOf(undefined).events)).toBe('everything')
  expect(placeWords({ kind: 'webhook', url: 'https://hooks.example.com/secret-path' })).toBe('hooks.example.com')
})
