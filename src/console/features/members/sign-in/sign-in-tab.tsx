import { Callout } from '#console/ui/callout.tsx'

import { useMe } from '../use-me.ts'
import { LifetimesPanel } from './lifetimes-panel.tsx'
import { ProvidersPanel } from './providers-panel.tsx'
import { SecondStepPanel } from './second-step-panel.tsx'

/** How people sign in. Owners change it; admins see the rules that hold. */
export function SignInTab() {
  const isOwner = useMe()?.role === 'owner'
  return (
    <div className="flex max-w-5xl flex-col gap-4">
      {!isOwner && (
        <Callout title="Only owners change how people sign in">
          You see the rules that hold. Sign-in providers are shown to owners only.
        </Callout>
      )}
      <SecondStepPanel isOwner={isOwner} />
      <LifetimesPanel isOwner={isOwner} />
      {isOwner && <ProvidersPanel />}
    </div>
  )
}
