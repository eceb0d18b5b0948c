import { Button, type ButtonProps } from '#console/ui/button.tsx'
import { Spinner } from '#console/ui/spinner.tsx'

interface SampleButtonProps {
  onLoad: () => void
  isLoading: boolean
  variant?: ButtonProps['variant']
}

/** Makes the sample; it takes some seconds, so its words stay readable meanwhile. */
export function SampleButton({ onLoad, isLoading, variant }: SampleButtonProps) {
  return (
    <Button variant={variant} aria-busy={isLoading} aria-disabled={isLoading} onClick={isLoading ? undefined : onLoad}>
      {isLoading && <Spinner />}
      {isLoading ? 'Making the sample workspace' : 'Load the sample workspace'}
    </Button>
  )
}
