import type { PreviewConstructs, PreviewFiles, RestorePreview } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

type Logic = Pick<RestorePreview, 'constructs' | 'files'>

/** What could not be made again comes first: no archive holds a draft. */
export function draftLines({ inArchive, draftsNow }: PreviewConstructs): string[] {
  if (inArchive === null || draftsNow === 0) return []
  const drafts = formatCount(draftsNow, 'draft of a construct', 'drafts of constructs')
  return [`${drafts} ${isAre(draftsNow)} removed: an archive holds only what is published`]
}

/** Endpoints, functions, tasks, triggers and the like that are there now and would not stay as they are. */
export function constructLines({ inArchive, now, inRemovedGroups }: PreviewConstructs): string[] {
  if (inArchive === null) {
    if (inRemovedGroups === 0) return []
    const group = inRemovedGroups === 1 ? 'its API group' : 'their API groups'
    return [`${formatCount(inRemovedGroups, 'endpoint')} ${isAre(inRemovedGroups)} removed with ${group}`]
  }
  if (now === 0) return []
  const kinds = now === 1 ? 'endpoint, function, task, trigger or' : 'endpoints, functions, tasks, triggers and'
  return [`${formatCount(now, 'construct')} (${kinds} the like) ${isAre(now)} ${fateWords(inArchive)}`]
}

/** Stored files that are there now and would not be there any more as they are. */
export function fileLines({ inArchive, now }: PreviewFiles): string[] {
  if (inArchive === null || now === 0) return []
  return [`${formatCount(now, 'stored file')} ${isAre(now)} ${fateWords(inArchive)}`]
}

function isAre(count: number): string {
  return count === 1 ? 'is' : 'are'
}

function fateWords(inArchive: number): string {
  if (inArchive === 0) return 'removed: there were none when the archive was made'
  return `replaced by the ${formatNumber(inArchive)} of the archive`
}

/** Constructs and files in the sum of what is lost: `5 constructs`, `2 drafts`, `7 stored files`; none that is 0. */
export function logicLosses({ constructs, files }: Logic): string[] {
  const isKept = constructs.inArchive === null
  const counts = [
    [isKept ? constructs.inRemovedGroups : constructs.now, isKept ? 'endpoint' : 'construct'],
    [isKept ? 0 : constructs.draftsNow, 'draft'],
    [files.inArchive === null ? 0 : files.now, 'stored file'],
  ] as const
  return counts.flatMap(([count, noun]) => (count === 0 ? [] : [formatCount(count, noun)]))
}

/** What there is now and what the archive brings, line by line; nothing of what is on neither side. */
export function logicItems({ constructs, files }: Logic): { label: string; value: string }[] {
  const { inArchive, now, draftsNow, inRemovedGroups } = constructs
  const items = [{ label: 'Constructs', value: sideWords(now, inArchive, inRemovedGroups) }]
  if (inArchive !== null && draftsNow > 0) {
    items.push({ label: 'Drafts', value: `${formatNumber(draftsNow)} now, none in the archive` })
  }
  items.push({ label: 'Stored files', value: sideWords(files.now, files.inArchive, 0) })
  return items.filter(({ value }) => value !== '')
}

/** `5 now, 4 in the archive`; empty where there is nothing on either side. */
function sideWords(now: number, inArchive: number | null, removed: number): string {
  if (inArchive !== null && inArchive + now > 0) {
    return `${formatNumber(now)} now, ${inArchive === 0 ? 'none' : formatNumber(inArchive)} in the archive`
  }
  if (now === 0) return ''
  const kept = now - removed
  if (kept === 0) return `${formatNumber(now)} now, removed with their API groups`
  const words = removed === 0 ? 'kept' : `${formatNumber(kept)} of them kept`
  return `${formatNumber(now)} now, ${words}: the archive was made without them`
}
