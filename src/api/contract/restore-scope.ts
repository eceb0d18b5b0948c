import { z } from 'zod'

import { dictionary, list } from './list.ts'

/** A function, addon, middleware and so on, by its kind and name; names are unique within a kind and branch. */
export const ConstructName = z.strictObject({ kind: z.string().min(1), name: z.string().min(1) })
export type ConstructName = z.infer<typeof ConstructName>

const Names = list(z.string().min(1)).min(1).max(10_000)

/**
 * What becomes of the rows of chosen tables that are there already: `replace` = the table is what the archive holds;
 * `missing` = rows whose id the table lacks are put back, all others stay; `missing_and_changed` = rows of the archive
 * are put back and overwrite those with their id, rows that only the table has stay. The last two leave the table's
 * definition alone: columns that only it has keep their values. They are done in the data sources that both sides have. A
 * table that is not there is made as by `replace`.
 *
 * What does not fit is refused. Where the definitions tell it, at once: 409 with `payload.reason` (`columns`,
 * `definitions_only`, `data_source`). Where only the rows tell it, the restore is taken (202) and ends as `failed` with
 * the reason in `failure.reason` (`columns`, `values`, `duplicate_rows`, `dangling_rows`, `missing_rows`), and nothing
 * is changed.
 */
export const RowsMode = z.enum(['replace', 'missing', 'missing_and_changed'])
export type RowsMode = z.infer<typeof RowsMode>

/**
 * What of an archive is restored. Without any of `tables`, `apiGroups`, `constructs` and `files`: everything. With one
 * of them: only what is named, and nothing else changes.
 */
export const RestoreScope = z.strictObject({
  /**
   * Names of tables, with their rows. Refused with 400 and `payload.missing` (`{orders: ["users"]}`) where a chosen one
   * refers to a table that is neither chosen nor there.
   */
  tables: Names.optional(),
  /** Of the chosen tables; only with `tables`, and only into a workspace that is there. */
  rows: RowsMode.default('replace'),
  /**
   * Ids of rows by table name: of that table only these. Only for chosen tables, and not with `rows: "replace"`. Ids that
   * the archive does not hold end the restore (`missing_rows`).
   */
  rowIds: dictionary(
    list(z.union([z.number().int(), z.string()]))
      .min(1)
      .max(10_000),
  ).optional(),
  /**
   * Columns have nothing but their names: one that was renamed or dropped since is not in the table. Where rows to be
   * merged hold values in it, the restore is refused (`columns`); true = leave these values behind. Only with rows that
   * are merged. The preview tells such columns as `missingColumns`.
   */
  dropColumns: z.boolean().optional(),
  /** Names of API groups; each with its settings and endpoints. */
  apiGroups: Names.optional(),
  /** Constructs that belong to no API group. */
  constructs: list(ConstructName).min(1).max(10_000).optional(),
  /** Paths of stored files, or all that the archive holds. A file of the same path is replaced. */
  files: z.union([z.literal('all'), Names]).optional(),
})
export type RestoreScope = z.infer<typeof RestoreScope>

/**
 * What a restore of a group or construct does. It takes the place of the one with its guid, whatever that is called now,
 * else of the one with its name. `blocked` = these are two: refused with `name_taken` unless the one that has its name
 * now is chosen too, where the archive holds that.
 */
const LogicEffect = {
  effect: z.enum(['added', 'replaced', 'blocked']),
  /** What the one in whose place it comes is called now; absent where that is the same. */
  nowNamed: z.string().optional(),
}

/** What can be chosen in an archive besides tables, and what it does to the target. */
export const ScopeChoices = z.object({
  apiGroups: z.array(z.object({ name: z.string(), endpoints: z.number().int(), ...LogicEffect })),
  constructs: z.array(ConstructName.extend(LogicEffect)),
  /** The first 1,000 by path. */
  files: z.array(
    z.object({ path: z.string(), name: z.string(), size: z.number().int(), effect: z.enum(['added', 'replaced']) }),
  ),
  filesTotal: z.number().int(),
  /**
   * What the text of each group's endpoints and of each construct names and the target lacks, so that a choice can take
   * it along. Found by name in the text: a hint, nothing is refused for it. `kind` of what is named: `table` or that of a
   * construct; of what names it: `api_group` or that of a construct.
   */
  needs: z.array(z.object({ kind: z.string(), name: z.string(), needs: z.array(ConstructName) })),
})
export type ScopeChoices = z.infer<typeof ScopeChoices>
