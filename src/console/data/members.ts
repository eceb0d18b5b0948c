import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'

import { deleteMember, getMember, listMembers, type UpdateMember, updateMember } from '#api/contract/members.ts'
import { type Proof, resetSecondFactor } from '#api/contract/second-factor.ts'
import { listTokens } from '#api/contract/tokens.ts'

import { call } from './call.ts'
import { refreshRights, session } from './session.ts'
import { tokens } from './tokens.ts'

/** Members a page; most lists are shorter. */
const PAGE = 200
/** Tokens that a notice names; of the rest it tells the number. */
export const NAMED_TOKENS = 3
/** People that can be offered in one choice. */
const CHOICE_MAX = 1_000

/** People with an account. */
export const members = {
  key: ['members'] as const,
  list: (search: string) =>
    infiniteQueryOptions({
      queryKey: [...members.key, 'list', { search }],
      queryFn: ({ pageParam: cursor, signal }) => call(listMembers, { query: { search, cursor, limit: PAGE }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  /** The newest thousand, to choose one from. */
  choice: () =>
    queryOptions({
      queryKey: [...members.key, 'choice'],
      queryFn: async ({ signal }) => (await call(listMembers, { query: { limit: CHOICE_MAX }, signal })).items,
    }),
  /** One of them with their tokens. */
  detail: (id: number) =>
    queryOptions({
      queryKey: [...members.key, 'detail', id],
      queryFn: ({ signal }) => call(getMember, { params: { id }, signal }),
    }),
  /** A proof among the changes leaves the cache with its form. */
  update: () =>
    mutationOptions({
      gcTime: 0,
      mutationFn: ({ id, changes }: { id: number; changes: UpdateMember }) =>
        call(updateMember, { params: { id }, body: changes }),
      onSettled: (_member, _error, { id }, _result, { client }) => {
        // Who changes their own role sees and may do something else from then on.
        const me = client.getQueryData(session.current().queryKey)?.signedIn?.user.id
        if (me === id) void refreshRights(client)
        return stale(client)
      },
    }),
  /** Disables or enables, and answers which tokens of theirs stop or work again with it. */
  enable: () =>
    mutationOptions({
      mutationFn: async ({ id, isEnabled }: { id: number; isEnabled: boolean }) => {
        // Tokens that were out of use anyway are no part of it, so they are asked for while the account is enabled.
        const stopping = isEnabled ? undefined : await workingTokens(id)
        await call(updateMember, { params: { id }, body: { disabled: !isEnabled } })
        return { tokens: isEnabled ? await workingTokens(id) : stopping }
      },
      onSettled: (_reply, _error, _input, _result, { client }) => stale(client),
    }),
  /** Takes app, passkeys and recovery codes from an account. The proof leaves the cache with its form. */
  resetSecondStep: () =>
    mutationOptions({
      mutationFn: ({ id, proof }: { id: number; proof: Proof }) =>
        call(resetSecondFactor, { params: { id }, body: proof }),
      gcTime: 0,
      onSettled: (_reply, _error, _input, _result, { client }) => stale(client),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: ({ id, tokensTo }: { id: number; tokensTo: number | undefined }) =>
        call(deleteMember, { params: { id }, query: { tokensTo } }),
      onSettled: (_reply, error, { id }, _result, { client }) => {
        // The removed one is not asked for again: that could only fail.
        if (error === null) client.removeQueries({ queryKey: members.detail(id).queryKey })
        return stale(client)
      },
    }),
}

/** Some tokens of theirs that work now, those used last first, and how many; undefined where that is not to be had. */
async function workingTokens(madeBy: number): Promise<{ names: string[]; total: number } | undefined> {
  try {
    const query = { madeBy, status: 'active', sort: 'lastUsed', limit: NAMED_TOKENS } as const
    const { items, total } = await call(listTokens, { query })
    return { names: items.map(({ name }) => name), total }
  } catch {
    // They are told besides: for want of them nobody is left enabled.
    return undefined
  }
}

/** Members, and the tokens that went or changed with them. */
async function stale(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: members.key }),
    client.invalidateQueries({ queryKey: tokens.key }),
  ])
}
