import { createContext } from 'react'

/**
 * Shows new recovery codes over whatever page is open, until they are stored or the session ends: they are told once, and
 * the part that asked for them may be gone when they come.
 */
export const KeepRecoveryCodes = createContext<(codes: readonly string[]) => void>(() => {})
