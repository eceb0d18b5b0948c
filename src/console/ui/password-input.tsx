import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'

import { cx } from '#console/lib/cx.ts'

import { IconButton } from './icon-button.tsx'
import { Input, type InputProps } from './input.tsx'

/** A password that its owner can look at while typing. */
export function PasswordInput({ className, ...rest }: Omit<InputProps, 'type'>) {
  const [isShown, setIsShown] = useState(false)
  return (
    <div className={cx('relative', className)}>
      <Input
        autoComplete="current-password"
        spellCheck={false}
        {...rest}
        type={isShown ? 'text' : 'password'}
        className="pr-9"
      />
      <IconButton
        size="sm"
        label={isShown ? 'Hide password' : 'Show password'}
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
        className="absolute top-0.5 right-0.5"
      >
        {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </div>
  )
}
