import { Search, X } from 'lucide-react'
import type { Ref } from 'react'

import { cx } from '#console/lib/cx.ts'

import { IconButton } from './icon-button.tsx'
import { Input } from './input.tsx'

export interface SearchInputProps {
  label: string
  value: string
  onValueChange: (value: string) => void
  placeholder?: string | undefined
  size?: 'md' | 'sm' | undefined
  className?: string | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

/** Narrows a list while typing; Escape and the cross empty it. */
export function SearchInput({
  label,
  value,
  onValueChange,
  placeholder,
  size = 'sm',
  className,
  ref,
}: SearchInputProps) {
  return (
    <div className={cx('relative w-60 max-w-full', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 stroke-[1.5] text-muted"
      />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        value={value}
        size={size}
        placeholder={placeholder ?? label}
        className={cx('pl-8! [&::-webkit-search-cancel-button]:hidden', value !== '' && 'pr-8!')}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation()
            onValueChange('')
          }
        }}
      />
      {value !== '' && (
        <IconButton
          label="Clear search"
          size="sm"
          className="absolute top-1/2 right-0.5 size-6! -translate-y-1/2"
          onClick={() => onValueChange('')}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
