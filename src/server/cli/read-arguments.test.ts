import { describe, expect, it } from 'vitest'

import { EXIT } from './exit-code.ts'
import { readArguments, readId } from './read-arguments.ts'
import { HELP } from './usage.ts'

function refusal(argv: string[]): unknown {
  try {
    return readArguments(argv)
  } catch (error) {
    return error
  }
}

describe('the command line', () => {
  it('options, flags, repeated ones and positional arguments are told apart', () => {
    expect(
      readArguments(['restore', '--backup', '4', '--into-new', 'A', '--table', 'x', '--table', 'y']),
    ).toMatchObject({
      command: 'restore',
      values: { backup: '4', 'into-new': 'A', table: ['x', 'y'] },
      positionals: [],
    })
    expect(readArguments(['verify', '12', '--json'])).toMatchObject({ values: { json: true }, positionals: ['12'] })
  })

  it('each command has a help, and so has none', () => {
    expect(readArguments([])).toEqual({ help: HELP[''], isAskedFor: false })
    expect(readArguments(['--help'])).toEqual({ help: HELP[''], isAskedFor: true })
    for (const command of ['backup', 'restore', 'verify', 'diff', 'list']) {
      const { help } = readArguments([command, '--help']) as { help: string }
      expect(help).toContain(`metadeck ${command}`)
      expect(help).toContain('Exit codes')
      expect(readArguments(['help', command])).toEqual({ help, isAskedFor: true })
    }
  })

  it('every option that is taken is in its help, and every option of the help is taken', () => {
    for (const [command, help] of Object.entries(HELP)) {
      if (command === '') continue
      for (const [, option = ''] of help.matchAll(/^ {2}(--[a-z-]+)/gm)) {
        const takesValue = new RegExp(`^ {2}${option} [A-Z]`, 'm').test(help)
        expect(refusal([command, option, ...(takesValue ? ['1'] : [])])).not.toBeInstanceOf(Error)
      }
    }
  })

  it.each([
    [['frobnicate'], 'There is no command "frobnicate"'],
    [['list', '--frob'], "Unknown option '--frob'"],
    [['list', '--limit'], "Option '--limit <value>' argument missing"],
    [['list', '--json=yes'], "Option '--json' does not take an argument"],
    [['backup', '--password', 'secret word'], 'A password is never an argument'],
    [['backup', '--password=secret word'], 'A password is never an argument'],
  ])('%j is wrong usage', (argv, message) => {
    const error = refusal(argv)
    expect(error).toMatchObject({ exit: EXIT.usage, message: expect.stringContaining(message) })
    expect(String(error)).not.toContain('secret word')
  })

  it.each(['', 'x', '0', '-1', '1.5', '1e3', ' 1', undefined])('%j is no id', (text) => {
    expect(() => readId(text, 'the id of a backup')).toThrow('the id of a backup')
  })
})
