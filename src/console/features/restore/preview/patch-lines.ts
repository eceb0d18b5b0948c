export interface PatchLine {
  kind: 'added' | 'removed' | 'same' | 'place'
  text: string
}

const HEADS = ['===', '--- ', '+++ ', 'Index: ', '\\ No newline']

/** The lines of a unified diff without its heads, each with what it says. */
export function patchLines(patch: string): PatchLine[] {
  const lines = patch.replace(/\n$/, '').split('\n')
  const first = lines.findIndex((line) => line.startsWith('@@'))
  return lines
    .filter((line, index) => !(index < first && HEADS.some((head) => line.startsWith(head))) && !line.startsWith('\\'))
    .map((line) => ({ kind: kindOf(line), text: line }))
}

function kindOf(line: string): PatchLine['kind'] {
  if (line.startsWith('@@')) return 'place'
  if (line.startsWith('+')) return 'added'
  return line.startsWith('-') ? 'removed' : 'same'
}
