import type { z } from 'zod'

import type { getToken } from '#api/contract/tokens.ts'

/** A token with what runs with it and its use. */
export type WholeToken = z.infer<typeof getToken.reply>
