import type { BackupWarning } from '#api/contract/backups.ts'

/** What of a run is compared with others. */
export interface RunFigures {
  bytes: number
  rows: number
  tables: readonly { name: string; dataSource: string; rows: number }[]
}

export interface Judgement {
  status: 'succeeded' | 'warnings' | 'looks_wrong'
  warnings: BackupWarning[]
}

/** Fewer runs say nothing of what is usual. */
const RUNS_NEEDED = 3
/** A run out of this band of the usual size looks wrong. */
const WRONG = { least: 0.5, most: 3 }
/** Out of this one it is worth a word. */
const UNUSUAL = { least: 0.8, most: 1.5 }
/** Archives that differ by fewer bytes differ by chance. */
const BYTES_NOISE = 16_384
/** Workspaces with fewer rows halve by a single click. */
const ROWS_NOISE = 10
/** A table that had more rows is not emptied by chance. */
const TABLE_ROWS = 100

/**
 * Holds a whole backup against the runs before it, newest first; usual is their median. Runs that looked wrong are among
 * them: what stays different becomes the usual after some runs.
 */
export function judgeBackup(run: RunFigures & { filesLost: number }, earlier: readonly RunFigures[]): Judgement {
  const wrong: BackupWarning[] = []
  const unusual: BackupWarning[] = lostFiles(run.filesLost)
  if (earlier.length >= RUNS_NEEDED) {
    wrong.push(...emptiedTables(run, earlier), ...fewerRows(run, earlier))
    const size = judgeSize(run.bytes, median(earlier.map(({ bytes }) => bytes)))
    if (size !== undefined) (size.isWrong ? wrong : unusual).push(size.warning)
  } else if (run.rows === 0 && (earlier[0]?.rows ?? 0) > 0) {
    unusual.push({
      code: 'empty_table',
      message: `The workspace holds no rows. The backup before this one held ${count(earlier[0]?.rows ?? 0)}.`,
    })
  }
  const warnings = [...wrong, ...unusual]
  if (wrong.length > 0) return { status: 'looks_wrong', warnings }
  return { status: warnings.length > 0 ? 'warnings' : 'succeeded', warnings }
}

function lostFiles(lost: number): BackupWarning[] {
  if (lost === 0) return []
  const what = lost === 1 ? 'The bytes of 1 stored file were' : `The bytes of ${count(lost)} stored files were`
  return [{ code: 'files_lost', message: `${what} not there any more. The coverage sheet names them.` }]
}

function emptiedTables({ tables }: RunFigures, earlier: readonly RunFigures[]): BackupWarning[] {
  return tables
    .filter(({ rows }) => rows === 0)
    .flatMap(({ name, dataSource }) => {
      const before = median(earlier.map((run) => rowsOf(run, name, dataSource)))
      if (before <= TABLE_ROWS) return []
      const message = `The table "${name}" (${dataSource}) is empty. Earlier backups held ${count(before)} rows of it.`
      return [{ code: 'empty_table' as const, message }]
    })
}

function rowsOf({ tables }: RunFigures, name: string, dataSource: string): number {
  return tables.find((table) => table.name === name && table.dataSource === dataSource)?.rows ?? 0
}

function fewerRows({ rows }: RunFigures, earlier: readonly RunFigures[]): BackupWarning[] {
  const usual = median(earlier.map((run) => run.rows))
  if (usual < ROWS_NOISE || rows >= usual / 2) return []
  return [{ code: 'smaller', message: `It holds ${count(rows)} rows. Earlier backups held ${count(usual)}.` }]
}

function judgeSize(bytes: number, usual: number): { warning: BackupWarning; isWrong: boolean } | undefined {
  if (usual === 0 || Math.abs(bytes - usual) < BYTES_NOISE) return undefined
  const ratio = bytes / usual
  if (ratio >= UNUSUAL.least && ratio <= UNUSUAL.most) return undefined
  const code = ratio < 1 ? 'smaller' : 'larger'
  const message = `The archive has ${count(bytes)} bytes. Earlier backups had ${count(usual)}.`
  return { warning: { code, message }, isWrong: ratio < WRONG.least || ratio > WRONG.most }
}

/** The lower one of the two in the middle. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0
}

function count(value: number): string {
  return value.toLocaleString('en')
}
