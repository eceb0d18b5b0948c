import { z } from 'zod'

/** What of a workspace a backup or the backups of a schedule hold. */
export const BACKUP_CONTENTS = {
  /** Tables, API groups and constructs without rows and stored files. */
  definitionOnly: z.boolean().default(false),
  /** Stored files; absent = with them, unless it is `definitionOnly`. 400 for both together. */
  files: z.boolean().optional(),
}

/** Refuses what contradicts itself; nobody is to believe that files are kept where none are. */
export function refuseFilesOfDefinition(
  { definitionOnly, files }: { definitionOnly: boolean; files?: boolean | undefined },
  context: z.RefinementCtx,
): void {
  if (!definitionOnly || files !== true) return
  const message = 'a backup of definitions alone holds no stored files. Leave files out, or send definitionOnly false'
  context.addIssue({ code: 'custom', path: ['files'], message })
}

/** True where stored files are to be kept. */
export function holdsFiles({
  definitionOnly,
  files,
}: {
  definitionOnly: boolean
  files?: boolean | undefined
}): boolean {
  return files ?? !definitionOnly
}
