import { z } from 'zod'

/** What one says of a backup that is taken by hand. */
export const TakeBackupForm = z
  .object({
    /** Empty = the live branch. */
    branch: z.string(),
    definitionOnly: z.boolean(),
    files: z.boolean(),
    /** Null = the folder of the instance. */
    targetId: z.number().nullable(),
    note: z.string().trim().max(500, 'At most 500 characters'),
    password: z.string().max(1_000, 'At most 1,000 characters'),
    repeat: z.string(),
  })
  .refine(({ password, repeat }) => password === repeat, { path: ['repeat'], message: 'The two passwords differ' })
export type TakeBackupForm = z.infer<typeof TakeBackupForm>

export const TAKE_BACKUP_DEFAULTS: TakeBackupForm = {
  branch: '',
  definitionOnly: false,
  files: true,
  targetId: null,
  note: '',
  password: '',
  repeat: '',
}
