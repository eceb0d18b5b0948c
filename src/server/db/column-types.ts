import type { ColumnType } from 'kysely'

/** A moment: read as Date, written as Date. */
export type At = ColumnType<Date, Date, Date>
export type MaybeAt = ColumnType<Date | null, Date | null | undefined, Date | null>
