import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { call } from '#api/client/call.ts'
import { changePassword, type ChangePassword, getMyAccount, updateMyAccount } from '#api/contract/my-account.ts'

import { session, type SessionState } from './session.ts'
import { sessions } from './sessions.ts'

/** The account of whoever is signed in. */
export const account = {
  key: ['account'] as const,
  mine: () =>
    queryOptions({
      queryKey: [...account.key, 'mine'],
      queryFn: ({ signal }) => call(getMyAccount, { signal }),
    }),
  update: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof updateMyAccount.body>) => call(updateMyAccount, { body }),
      onSuccess: (mine, _body, _result, { client }) => {
        client.setQueryData(account.mine().queryKey, mine)
        client.setQueryData(session.current().queryKey, (state) => state && withName(state, mine.name))
      },
    }),
  changePassword: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof ChangePassword>) => call(changePassword, { body }),
      // The passwords must not outlive the form.
      gcTime: 0,
      onSuccess: (_reply, _body, _result, { client }) => client.invalidateQueries({ queryKey: sessions.key }),
    }),
}

function withName(state: SessionState, name: string): SessionState {
  const { signedIn } = state
  return signedIn === null ? state : { ...state, signedIn: { ...signedIn, user: { ...signedIn.user, name } } }
}
