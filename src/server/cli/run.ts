import { describeFailure, EXIT, type ExitCode } from './exit-code.ts'
import { openSession } from './open-session.ts'
import type { Outcome } from './outcome.ts'
import { type AnyArguments, readArguments } from './read-arguments.ts'
import { runAudit } from './run-audit.ts'
import { runBackup } from './run-backup.ts'
import { runDiff } from './run-diff.ts'
import { runList } from './run-list.ts'
import { runRecoverOwner } from './run-recover-owner.ts'
import { runRestore } from './run-restore.ts'
import { runVerify } from './run-verify.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'

/** Runs one command line: results go to `print`, sentences about failures beside it. Answers the exit code. */
export async function runCommandLine(
  argv: readonly string[],
  around: Surroundings,
  print: (text: string) => void,
): Promise<ExitCode> {
  const isJson = argv.includes('--json')
  try {
    const args = readArguments(argv)
    if ('help' in args) {
      const tell = args.isAskedFor ? print : around.note
      tell(args.help.trimEnd())
      return args.isAskedFor ? EXIT.good : EXIT.usage
    }
    const outcome = await inSession(args, around)
    print(isJson ? JSON.stringify(outcome.json, null, 2) : outcome.text)
    return outcome.exit
  } catch (error) {
    around.progress('')
    const { exit, code, message } = describeFailure(error)
    if (isJson) print(JSON.stringify({ error: { code, message } }, null, 2))
    around.note(`metadeck: ${message}`)
    return exit
  }
}

/** The session is opened when a command first needs it, and closed whatever happens. */
async function inSession(args: AnyArguments, around: Surroundings): Promise<Outcome> {
  let session: Session | undefined
  const open = async (): Promise<Session> => {
    session ??= await openSession(around.env)
    return session
  }
  try {
    return await perform(args, open, around)
  } finally {
    await session?.close()
  }
}

function perform(args: AnyArguments, open: () => Promise<Session>, around: Surroundings): Promise<Outcome> {
  switch (args.command) {
    case 'backup':
      return runBackup(args, open, around)
    case 'restore':
      return runRestore(args, open, around)
    case 'verify':
      return runVerify(args, open, around)
    case 'diff':
      return runDiff(args, open, around)
    case 'list':
      return runList(args, open)
    case 'audit':
      return runAudit(args, open, around)
    case 'recover-owner':
      return runRecoverOwner(args, around)
  }
}
