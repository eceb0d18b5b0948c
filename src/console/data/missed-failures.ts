import { createContext } from 'react'

import type { FormFailure } from './form-failure.ts'

/** Tells a failure that no part of the page shows: what was asked for is not done, and whoever asked has gone on. */
export type TellMissed = (failure: FormFailure) => void

/** How such failures are told; the app gives it. */
export const MissedFailures = createContext<TellMissed>(() => {})
