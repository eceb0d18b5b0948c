import { expect, test } from 'vitest'

import { CreateMember, UpdateMember } from './members.ts'
import { ContentName, DisplayName } from './names.ts'
import { CompleteSetup } from './setup.ts'
import { SaveTarget } from './targets.ts'
import { CreateToken } from './tokens.ts'
import { CreateWorkspace } from './workspaces.ts'

const takes = (name: string): boolean => DisplayName.safeParse(name).success

test('a name that people go by holds nothing that turns it round or cannot be seen', () => {
  const hidden = {
    'right-to-left override': 'Ops \u202Eyek\u202C key',
    'left-to-right mark': 'Ops\u200E',
    isolate: '\u2066Ops\u2069',
    'Arabic letter mark': 'Ops\u061C',
    'blank without width': 'O\u200Bps',
    'byte order mark': 'O\uFEFFps',
    'word joiner': 'O\u2060ps',
    'soft hyphen': 'O\u00ADps',
    'tag characters': 'Ops\u{E0041}',
    'Hangul filler': 'Ops\u3164key',
    'line separator': 'Ops\u2028key',
    'control character': 'Ops\u0007',
    'joiner between Latin letters': 'O\u200Dps',
    'non-joiner at the end': 'Ops\u200C',
    'two joiners in a row': 'क्\u200D\u200Dष',
  }
  for (const [what, name] of Object.entries(hidden)) {
    expect([what, takes(name)]).toEqual([what, false])
  }
  expect(DisplayName.safeParse('Ops\u202E').error?.issues[0]?.message).toContain('cannot be seen')
})

test('a name may be written as its language writes it', () => {
  for (const name of [
    'می\u200Cخواهم',
    'क्\u200Dष',
    'Ops 👩\u200D💻',
    'Ops ❤\uFE0F 1\uFE0F⃣',
    '葛\u{E0100}城',
    'José',
    'Jose\u0301',
    'שלום Ops',
    'O’Hara – Nightly',
  ]) {
    expect([name, takes(name)]).toEqual([name, true])
  }
})

test('tokens, members, the first owner and targets are named so; contents are named as Xano takes them', () => {
  const name = 'Ops\u202E'
  const settings = { kind: 'folder', path: '/mnt/a' } as const
  const refusals = [
    CreateToken.safeParse({ name, scopes: {} }),
    CreateMember.safeParse({ name, email: 'a@b.co', role: 'admin' }),
    UpdateMember.safeParse({ name }),
    CompleteSetup.safeParse({ link: 'x', name, email: 'a@b.co', password: 'correct horse battery' }),
    SaveTarget.safeParse({ name, settings }),
  ]
  for (const { error } of refusals) expect(error?.issues.map(({ path }) => path[0])).toContain('name')
  expect(CreateWorkspace.safeParse({ name: 'חנות\u200F' }).success).toBe(true)
  expect([ContentName.safeParse('a\nb').success, ContentName.safeParse('\u200B').success]).toEqual([false, false])
})
