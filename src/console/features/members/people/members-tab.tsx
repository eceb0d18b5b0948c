import { lazy, Suspense, useState } from 'react'

import type { Member } from '#api/contract/members.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { MemberList } from './member-list.tsx'
import type { OpenDialog } from './open-dialog.ts'
import { useMemberSearch } from './use-member-search.ts'
import { useMemberSwitch } from './use-member-switch.ts'

const MemberSheet = lazy(async () => ({ default: (await import('./member-sheet.tsx')).MemberSheet }))
const MemberDialogs = lazy(async () => ({ default: (await import('./member-dialogs.tsx')).MemberDialogs }))

/** Everybody with an account. */
export function MembersTab() {
  const { search, setSearch } = useMemberSearch()
  const { text, setText } = useSettledText(search.q, (q) => setSearch({ q }))
  const [dialog, setDialog] = useState<OpenDialog>()
  const onSwitch = useMemberSwitch()
  // The same from draw to draw, so that the columns of the list are too.
  const [actions] = useState(() => ({
    onChange: (member: Member) => setDialog({ kind: 'access', member }),
    onRemove: (member: Member) => setDialog({ kind: 'remove', member }),
    onResetSecondStep: (member: Member) => setDialog({ kind: 'second-step', member }),
    onSwitch,
  }))
  return (
    <div className="flex flex-col gap-4">
      <Toolbar
        end={
          <ButtonLink to="/members/invitations?new=1" variant="primary">
            Invite a member
          </ButtonLink>
        }
      >
        <SearchInput label="Search members" value={text} onValueChange={setText} />
      </Toolbar>
      <MemberList
        search={search.q}
        actions={actions}
        onOpen={(member) => setSearch({ member })}
        onClearSearch={() => setSearch({ q: '' })}
      />
      <Suspense>
        {search.member !== undefined && (
          <MemberSheet id={search.member} actions={actions} onClose={() => setSearch({ member: undefined })} />
        )}
      </Suspense>
      {/* One of its own: a sheet that is hidden while the dialog is fetched lies over it when it comes back. */}
      <Suspense>
        {dialog && (
          <MemberDialogs
            dialog={dialog}
            onClose={() => setDialog(undefined)}
            onRemoved={(stopped) => {
              setDialog(stopped.length === 0 ? undefined : { kind: 'stopped', member: dialog.member, stopped })
              setSearch({ member: undefined })
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
