/** Key of the token policy among the settings. */
export const POLICY_KEY = 'token_policy'

/** Names under which a statement has joined what the status of a token depends on. */
export interface StatusTables {
  /** `metadeck.access_token` */
  token: string
  /** `metadeck."user"`, the maker; may be missing. */
  maker: string
  /** The setting of the token policy, a row with `value`; may be missing. */
  policy: string
}

/**
 * SQL of why a token is blocked: `policy`, `maker`, or null. Of tokens that are over it means nothing. The life that a token
 * was given counts, and not its end: that is moved by a rotation, which makes nothing right. Never blocked is the token of
 * a command of the server's own machine, which reads the database anyway: no policy keeps the operator out.
 */
export function blockedSql({ token, maker, policy }: StatusTables): string {
  return `case
    when ${token}.is_operator then null
    when ${maker}.disabled_at is not null then 'maker'
    when ${token}.life_seconds is null and not (${policy}.value->>'allowsNever')::boolean then 'policy'
    when ${token}.life_seconds > (${policy}.value->>'maxLifeSeconds')::numeric then 'policy'
  end`
}

/** SQL of the status of a token. `now` is SQL too: the name of a parameter. The one place that says what lets a token in. */
export function statusSql(tables: StatusTables, now: string): string {
  return `case
    when ${tables.token}.revoked_at is not null then 'revoked'
    when ${tables.token}.expires_at <= ${now} then 'expired'
    when ${tables.token}.disabled_at is not null then 'disabled'
    when (${blockedSql(tables)}) is not null then 'blocked'
    else 'active'
  end`
}
