import { createContext } from 'react'

/** Closes the sheet of a row as its own close button does: asks before it drops what was typed. */
export const CancelRow = createContext<() => void>(() => {})
