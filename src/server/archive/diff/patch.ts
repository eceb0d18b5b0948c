import { createTwoFilesPatch } from 'diff'

/** A patch is for eyes: what is longer is cut. */
const PATCH_MAX = 200_000
/** All patches of one answer together. */
const TOTAL_MAX = 8_000_000
/** Longer texts are not compared line by line. */
const TEXT_MAX = 2_000_000
/** How long two texts may be compared; with many differences that grows with their square. */
const TIME_MAX_MS = 500

/** Writes unified diffs as long as the answer has room for them. */
export class PatchWriter {
  #left = TOTAL_MAX

  /**
   * From the workspace's text to the archive's; null for none. Null where they are the same, or too large to be
   * compared here.
   */
  write(name: string, live: string | null, archived: string | null): string | null {
    if (live === archived || this.#left <= 0) return null
    if ((live ?? '').length + (archived ?? '').length > TEXT_MAX) return null
    const patch = createTwoFilesPatch(
      live === null ? '/dev/null' : `workspace/${name}`,
      archived === null ? '/dev/null' : `archive/${name}`,
      live ?? '',
      archived ?? '',
      undefined,
      undefined,
      { context: 3, timeout: TIME_MAX_MS },
    )
    if (patch === undefined) return null
    const cut = patch.length <= PATCH_MAX ? patch : `${patch.slice(0, patch.lastIndexOf('\n', PATCH_MAX))}\n…\n`
    this.#left -= cut.length
    return cut
  }
}
