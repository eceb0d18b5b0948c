import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'

/** The secret of a one-time link: read from behind the `#`, which never reaches the server's log, then taken out of the address and the history. Empty where there is none. */
export function useLinkSecret(): string {
  const { hash, pathname } = useLocation()
  const navigate = useNavigate()
  const [secret, setSecret] = useState('')
  if (hash !== '' && hash.slice(1) !== secret) setSecret(hash.slice(1))

  useEffect(() => {
    if (hash !== '') void navigate(pathname, { replace: true })
  }, [hash, pathname, navigate])

  return secret
}
