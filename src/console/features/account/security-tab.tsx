import { useQuery } from '@tanstack/react-query'

import { account } from '#console/data/account.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { secondFactor } from '#console/data/second-factor.ts'
import { Panel } from '#console/ui/panel.tsx'

import { Loaded } from './loaded.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { PasswordForm } from './password-form.tsx'
import { TwoStepPanel } from './two-step-panel.tsx'

/** How one signs in: password, second step, passkeys. */
export function SecurityTab() {
  const mine = useQuery(account.mine())
  const factors = useQuery(secondFactor.state())
  const keys = useQuery(passkeys.list())
  const proofWays = { hasPassword: mine.data?.hasPassword ?? false, factors: factors.data }
  return (
    <div className="flex max-w-[45rem] flex-col gap-4">
      <Panel title="Password" description="Changing it ends every session but this one.">
        <Loaded query={mine} noun="your account" lines={6} minHeight="min-h-66 sm:min-h-57">
          {(data) =>
            data.hasPassword ? (
              <PasswordForm name={data.name} email={data.email} />
            ) : (
              <p className="text-muted">This account has no password: it signs in by a provider or a passkey only.</p>
            )
          }
        </Loaded>
      </Panel>
      <Panel
        title="Two-step sign-in"
        description="After the password a code of your phone is asked for, so that the password alone opens nothing."
      >
        <Loaded query={factors} noun="the second step" lines={4} minHeight="min-h-24 sm:min-h-15">
          {(data) => <TwoStepPanel factors={data} proofWays={proofWays} />}
        </Loaded>
      </Panel>
      <PasskeysPanel list={keys} proofWays={proofWays} />
    </div>
  )
}
