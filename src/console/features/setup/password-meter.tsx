import { cx } from '#console/lib/cx.ts'

import { passwordStrength, type PasswordStrength } from './password-strength.ts'

const levels: Record<PasswordStrength['level'], { filled: number; fill: string }> = {
  none: { filled: 0, fill: '' },
  short: { filled: 1, fill: 'bg-danger' },
  weak: { filled: 1, fill: 'bg-danger' },
  fair: { filled: 2, fill: 'bg-warning' },
  strong: { filled: 3, fill: 'bg-success' },
}

/** How hard the password is to guess, in words and three bars. */
export function PasswordMeter({ password }: { password: string }) {
  const { level, hint } = passwordStrength(password)
  const { filled, fill } = levels[level]
  return (
    <span className="flex flex-col gap-1.5">
      <span aria-hidden className="grid grid-cols-3 gap-1">
        {[0, 1, 2].map((bar) => (
          <span key={bar} className={cx('h-1 rounded-full', bar < filled ? fill : 'bg-muted')} />
        ))}
      </span>
      {hint}
    </span>
  )
}
