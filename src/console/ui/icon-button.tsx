import { Button, type ButtonProps } from './button.tsx'
import { Tooltip, type TooltipProps } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label' | 'size'> {
  /** The accessible name, shown as the tooltip. */
  label: string
  size?: 'md' | 'sm' | undefined
  side?: TooltipProps['side']
}

/** A button with only an icon; its name is required and shows on hover and focus. */
export function IconButton({ label, size = 'md', variant = 'ghost', side, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} side={side}>
      <Button {...rest} variant={variant} size={size === 'sm' ? 'icon-sm' : 'icon'} aria-label={label} />
    </Tooltip>
  )
}
