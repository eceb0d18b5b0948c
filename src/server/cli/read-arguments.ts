import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

import { wrongUsage } from './exit-code.ts'
import { HELP } from './usage.ts'

const TEXT = { type: 'string' } as const
const TEXTS = { type: 'string', multiple: true } as const
const FLAG = { type: 'boolean' } as const

const COMMON = { json: FLAG, help: FLAG } as const
const WITH_PASSWORD = { ...COMMON, 'password-file': TEXT } as const

/** The options of each command. */
const OPTIONS = {
  backup: {
    ...WITH_PASSWORD,
    workspace: TEXT,
    branch: TEXT,
    'definition-only': FLAG,
    'no-files': FLAG,
    target: TEXT,
    output: TEXT,
    'no-wait': FLAG,
  },
  restore: {
    ...WITH_PASSWORD,
    backup: TEXT,
    file: TEXT,
    'into-new': TEXT,
    into: TEXT,
    confirm: TEXT,
    table: TEXTS,
    rows: TEXT,
    group: TEXTS,
    function: TEXTS,
    construct: TEXTS,
    'stored-file': TEXTS,
  },
  verify: { ...WITH_PASSWORD, file: TEXT },
  diff: { ...WITH_PASSWORD, workspace: TEXT, table: TEXTS },
  list: { ...COMMON, workspace: TEXT, limit: TEXT },
  audit: { ...COMMON, head: TEXT, output: TEXT, format: TEXT },
  'recover-owner': { ...COMMON, email: TEXT, 'reset-two-step': FLAG },
} as const satisfies Record<string, ParseArgsOptionsConfig>

export type CommandName = keyof typeof OPTIONS

type ValueOf<Option> = Option extends { type: 'boolean' }
  ? boolean
  : Option extends { multiple: true }
    ? string[]
    : string

/** What was given of a command's options, and its positional arguments. */
export interface Arguments<Name extends CommandName = CommandName> {
  command: Name
  values: { [Key in keyof (typeof OPTIONS)[Name]]?: ValueOf<(typeof OPTIONS)[Name][Key]> }
  positionals: string[]
}

/** The arguments of one command, told apart by its name. */
export type AnyArguments = { [Name in CommandName]: Arguments<Name> }[CommandName]

/** A text to print in place of a command: asked for, or because there is no command. */
export interface Help {
  help: string
  isAskedFor: boolean
}

/** A command to run, or a text to print. Throws exit code 2 for what cannot be understood. */
export function readArguments(argv: readonly string[]): AnyArguments | Help {
  const [command, ...rest] = argv
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    return { help: HELP[rest[0] ?? ''] ?? HELP[''] ?? '', isAskedFor: command !== undefined }
  }
  if (!isCommand(command)) {
    throw wrongUsage(`There is no command "${command}". The commands are ${Object.keys(OPTIONS).join(', ')}.`)
  }
  const { values, positionals } = parse(command, rest)
  if (values['help'] === true) return { help: HELP[command] ?? '', isAskedFor: true }
  return { command, values, positionals }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(OPTIONS, name)
}

function parse(command: CommandName, args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  if (args.some((arg) => /^--password(=|$)/.test(arg))) {
    throw wrongUsage(
      'A password is never an argument, because the list of processes shows those. Use --password-file FILE or METADECK_BACKUP_PASSWORD.',
    )
  }
  const options: ParseArgsOptionsConfig = OPTIONS[command]
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
    return { values: parsed.values, positionals: parsed.positionals }
  } catch (error) {
    throw wrongUsage(`${(error as Error).message.split('. ')[0]}. See metadeck ${command} --help.`)
  }
}

/** A number of a backup: `12`. Throws exit code 2. */
export function readId(text: string | undefined, what: string): number {
  const id = Number(text)
  if (text !== undefined && /^\d{1,15}$/.test(text) && id > 0) return id
  throw wrongUsage(text === undefined ? `Give ${what}.` : `"${text}" is not ${what}: that is a whole number.`)
}

/** Throws exit code 2 where the option was not given. `option` is as the help has it. */
export function required(value: string | undefined, option: string): string {
  if (value === undefined) throw wrongUsage(`Give ${option}.`)
  return value
}

/** Throws exit code 2 for arguments that the command has no use for. */
export function refuseExtra(positionals: readonly string[]): void {
  const [extra] = positionals
  if (extra !== undefined) throw wrongUsage(`Unexpected argument "${extra}".`)
}
