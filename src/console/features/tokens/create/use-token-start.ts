import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { MyAccount } from '#api/contract/my-account.ts'
import type { TokenPolicy } from '#api/contract/token-policy.ts'
import type { Workspace } from '#api/contract/workspaces.ts'
import { account } from '#console/data/account.ts'
import { describeFailure, type FailureText } from '#console/data/describe-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { PRESET_IDS } from '#console/scopes/presets.ts'

import type { TokenForm } from './token-form.ts'
import { copyStart, newStart } from './token-start.ts'

/** All that the form needs to know before it is drawn. */
export interface TokenStart {
  start: TokenForm
  /** What the copied token has and this one does not. */
  leftOut: string[]
  /** The copied token. */
  copiedFrom: { id: number; name: string } | null
  policy: TokenPolicy
  mine: MyAccount
  workspaces: Workspace[]
}

export type TokenStartState =
  | { status: 'pending' }
  | { status: 'failed'; failure: FailureText; retry: () => void; isRetrying: boolean; isOfCopy: boolean }
  | { status: 'ready'; value: TokenStart }

/** Id of the token that `?from=` names. */
export function readFrom(params: URLSearchParams): number | undefined {
  const id = Number(params.get('from') ?? '')
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** Where the form begins: empty, `?preset=backup`, or `?from=12` as a copy of that token. */
export function useTokenStart(): TokenStartState {
  const [params] = useUrlParams()
  const [now] = useState(() => new Date())
  const fromId = readFrom(params)
  const policy = useQuery(tokens.policy())
  const mine = useQuery(account.mine())
  const list = useQuery(workspaces.list())
  const from = useQuery({ ...tokens.detail(fromId ?? 0), enabled: fromId !== undefined })
  const queries = fromId === undefined ? [policy, mine, list] : [policy, mine, list, from]
  const failed = queries.find(({ isLoadingError }) => isLoadingError)
  if (failed !== undefined) {
    const isOfCopy = failed === from
    const title = isOfCopy ? 'Could not load the token to copy' : 'Could not load what a new token needs'
    return {
      status: 'failed',
      failure: describeFailure(failed.error, title),
      retry: () => void failed.refetch(),
      isRetrying: failed.isFetching,
      isOfCopy,
    }
  }
  if (!policy.data || !mine.data || !list.data || (fromId !== undefined && !from.data)) return { status: 'pending' }
  const input = {
    policy: policy.data,
    mine: mine.data,
    workspaceIds: list.data.map(({ id }) => id),
    preset: PRESET_IDS.find((id) => id === params.get('preset')) ?? null,
    now,
  }
  const known = { policy: policy.data, mine: mine.data, workspaces: list.data }
  if (from.data === undefined) {
    return { status: 'ready', value: { ...known, start: newStart(input), leftOut: [], copiedFrom: null } }
  }
  const { id, name } = from.data
  return { status: 'ready', value: { ...known, ...copyStart(from.data, input), copiedFrom: { id, name } } }
}
