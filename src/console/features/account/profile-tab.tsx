import { useQuery } from '@tanstack/react-query'

import type { MyAccount } from '#api/contract/my-account.ts'
import { account } from '#console/data/account.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { DescriptionList, type DescriptionListProps } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { Loaded } from './loaded.tsx'
import { ProfileForm } from './profile-form.tsx'
import { roleWords, scopeWords, workspaceWords } from './rights-words.ts'

/** The name that others see, and what the account may do. */
export function ProfileTab() {
  const mine = useQuery(account.mine())
  const { data: reached } = useQuery(workspaces.list())
  const names = reached && new Map(reached.map(({ id, name }) => [id, name]))
  return (
    <div className="flex max-w-[45rem] flex-col gap-4">
      <Panel title="Name">
        <Loaded query={mine} noun="your account" minHeight="min-h-36.5 sm:min-h-32">
          {(data) => <ProfileForm name={data.name} />}
        </Loaded>
      </Panel>
      <Panel title="Account" description="An owner or an admin changes these under Members.">
        <Loaded query={mine} noun="your rights" lines={4}>
          {(data) => <DescriptionList items={factsOf(data, names)} />}
        </Loaded>
      </Panel>
    </div>
  )
}

function factsOf(mine: MyAccount, names: ReadonlyMap<number, string> | undefined): DescriptionListProps['items'] {
  const facts = [
    { label: 'E-mail address', value: mine.email },
    { label: 'Role', value: roleWords(mine.role) },
  ]
  const rights = [
    { label: 'Workspaces', value: workspaceWords(mine.workspaces, names) },
    { label: 'Scopes', value: scopeWords(mine.scopes) },
  ]
  const made = { label: 'Made', value: <RelativeTime at={mine.createdAt} /> }
  return mine.role === 'member' ? [...facts, ...rights, made] : [...facts, made]
}
