import { hostname } from 'node:os'

import type { FastifyInstance } from 'fastify'

import { getInstance, getMe, type Instance, listInstances } from '#api/contract/account.ts'

import type { Deps } from '../../deps.ts'
import { notFound } from '../../errors.ts'
import { serve } from '../../route.ts'

/** Name of the built-in instance; registered remote ones will come after it. */
const BUILT_IN = 'metadeck'

/** The Account API: who the caller is and which instances there are. */
export function registerAccount(app: FastifyInstance, deps: Pick<Deps, 'publicUrl'>): void {
  serve(app, getMe, ({ caller }) =>
    Promise.resolve({
      id: caller.user?.id ?? caller.id,
      name: caller.user?.name ?? caller.label,
      email: caller.user?.email ?? '',
      extras: {
        instance: { ...builtIn(), membership: { role: 'paid', workspace: caller.workspaces } },
      },
    }),
  )

  serve(app, listInstances, () => Promise.resolve([builtIn()]))

  serve(app, getInstance, ({ params }) => {
    if (params.name !== BUILT_IN) throw notFound(`Instance ${params.name}`)
    return Promise.resolve(builtIn())
  })

  function builtIn(): Instance {
    const origin = deps.publicUrl()
    return {
      id: 1,
      name: BUILT_IN,
      display: `Metadeck on ${hostname()}`,
      xano_domain: new URL(origin).host,
      custom_domain: null,
      meta_api: `${origin}/api:meta`,
      meta_swagger: `${origin}/apispec:meta?type=json`,
    }
  }
}
