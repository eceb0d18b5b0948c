import { sql } from 'kysely'

import { PATTERNS } from './deed-sentences.ts'

/** Kinds of things that people know by another name. */
const KINDS = {
  api_group: 'API group',
  data_source: 'data source',
  mcp_server_trigger: 'MCP server trigger',
  oidc_provider: 'sign-in provider',
  query: 'endpoint',
  target: 'backup target',
  token: 'access token',
  user: 'account',
}

/** What `auditMessage` needs beside the record, as `words`. */
export const auditWords = sql`(select ${JSON.stringify(KINDS)}::jsonb as kinds, ${JSON.stringify(PATTERNS)}::jsonb as patterns)`

const kind = sql`coalesce(words.kinds ->> a.obj_type, replace(a.obj_type, '_', ' '))`
const quoted = sql`'"' || a.obj_name || '"'`

/** The thing with its kind; of a record that names none, the workspace or the instance. */
const object = sql`case
    when a.obj_type = 'rows' then concat('rows of the table ', ${quoted})
    when a.obj_type = 'row' then concat('row ', a.target ->> 'id', ' of the table ', ${quoted})
    when a.obj_name is not null then concat('the ', ${kind}, ' ', ${quoted})
    when a.target ->> 'id' is not null then concat('the ', ${kind}, ' ', a.target ->> 'id')
    when a.obj_type is not null then concat('the ', ${kind})
    when a.workspace_id is not null then concat('workspace ', a.workspace_id)
    else 'the instance'
  end`

/** Backups and restores carry the name of their workspace. */
const numbered = sql`concat_ws(' ', coalesce(${kind}, 'backup'), a.target ->> 'id', 'of ' || ${quoted})`
const name = sql`coalesce(${quoted}, a.target ->> 'id', 'unknown name')`
const who = sql`coalesce(a.obj_name, 'account ' || (a.target ->> 'id'), 'somebody')`
const column = sql`coalesce('the column "' || (a.detail ->> 'column') || '"', 'a column')`
const newName = sql`' to "' || (a.detail ->> 'newName') || '"'`
const copyOf = sql`a.detail ->> 'copyOf'`
/** A number, however a record came to hold it; no overlap is so long that more digits are needed. */
const overlap = sql`substring(a.detail ->> 'overlapSeconds' from '^\\d{1,9}$')::int`
const until = sql`case when a.action = 'tokenRotate'
    then to_char((a.created_at + make_interval(secs => ${overlap})) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') end`

/** Where one operation does several things, which of them this record tells of. */
const finer = sql`case a.action
    when 'memberUpdate' then case
      when a.after ->> 'disabled' = 'true' then ':disabled'
      when a.after ->> 'disabled' = 'false' then ':enabled'
      when a.after -> 'role' is not null then ':role'
      when a.after -> 'scopes' is not null or a.after -> 'workspaces' is not null then ':access'
    end
    when 'oidcProviderUpdate' then case
      when a.after = '{"is_active": true}' then ':on' when a.after = '{"is_active": false}' then ':off'
    end
    when 'schedulePause' then case when a.after ->> 'paused' = 'false' then ':resumed' end
    when 'taskActivate' then case a.after ->> 'active' when 'true' then ':on' when 'false' then ':off' end
    when 'tokenRotate' then case when ${overlap} = 0 then ':at-once' when ${overlap} > 0 then ':overlap' end
  end`

const pattern = sql`coalesce(
    words.patterns ->> (a.action || ${finer}), words.patterns ->> a.action,
    case when a.action like 'schemaAdd%' then words.patterns ->> 'schemaAdd'
      when a.action like 'indexAdd%' then words.patterns ->> 'indexAdd'
      when a.action like '%UpdateSecurity' then words.patterns ->> 'UpdateSecurity' end,
    words.patterns ->> a.type, words.patterns ->> 'update')`

/** In the order of `NAMED`. What is filled in is not looked at again: a name may hold anything. */
const deed = sql`format(${pattern}, ${object}, ${numbered}, ${name}, ${who}, ${column}, ${newName}, ${copyOf}, ${until}, a.actor)`

/** How often, for a record that stands for several calls which were only counted. */
const counted = sql`a.detail ->> 'count'`

const refusal = sql`case
    when a.action = 'callsRefused' then concat(${counted}, ' more calls from ', a.address, ' were refused')
    when a.type = 'login' then concat('a sign-in for ', coalesce(a.obj_name, 'an unknown account'), ' failed (', a.action, ')')
    when a.actor_kind = 'system' then concat('a caller who is not signed in was refused (', a.action, ')')
    else concat(a.actor, ' was refused (', a.action, ')')
  end`

/** Of the thing there is only what the address of the operation told. */
const interruption = sql`concat(
    case when a.actor_kind = 'system' then 'a caller who is not signed in' else a.actor end, ' began ', a.action,
    case when a.obj_id is not null then concat(' on ', ${kind}, ' ', a.obj_id) end,
    '; it is not known whether it took effect')`

const signIn = sql`case
    when a.detail ->> 'needs' is not null
      then concat(a.obj_name, ' began to sign in and needs a second step (', a.action, ')')
    when a.action = 'signInTotpConfirm' then concat(a.actor, ' turned on two-step sign-in and signed in (', a.action, ')')
    else concat(a.actor, ' signed in (', a.action, ')')
  end`

/**
 * What a record `a` of the view tells, in a sentence. It is made when the record is read, so that records of earlier
 * releases are told in the same words, and is no part of what is hashed.
 */
export const auditMessage = sql`case
    when a.outcome = 'refused' then ${refusal}
    when a.outcome = 'interrupted' then ${interruption}
    when a.type = 'login' then ${signIn}
    when a.type = 'logout' then concat(a.actor, ' signed out (', a.action, ')')
    else (select concat(upper(left(sentence, 1)), substr(sentence, 2), ' (', a.action, ')')
      from (select ${deed} as sentence offset 0) as told)
  end`
