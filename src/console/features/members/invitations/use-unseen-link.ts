import type { Invitation } from '#api/contract/members.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Tells of a link that was made after its page was left: nobody saw it, and nobody ever will. */
export function useUnseenLink() {
  const toast = useToast()
  return ({ email }: Pick<Invitation, 'email'>): void =>
    toast.danger(`${email} is invited, and the link was not shown`, {
      description: 'The page was left before it came. Make a new link under Invitations, or revoke the invitation.',
    })
}
