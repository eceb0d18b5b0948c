import type { CreatedToken } from '#api/contract/tokens.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Tells of a token that was made after its page was left: nobody saw its secret, and nobody ever will. */
export function useUnseenSecret() {
  const toast = useToast()
  return ({ name }: Pick<CreatedToken, 'name'>): void =>
    toast.danger(`Token ${name} is made, and its secret was not shown`, {
      description: 'The page was left before it came. Rotate it for a secret that you can see, or revoke it.',
    })
}
