const storageKey = 'metadeck-workspace'

/** The workspace that was looked at last on this device; nothing where storage is blocked or empty. */
export function readLastWorkspace(): number | undefined {
  try {
    const id = Number(localStorage.getItem(storageKey))
    return Number.isSafeInteger(id) && id > 0 ? id : undefined
  } catch {
    return undefined
  }
}

export function rememberWorkspace(id: number): void {
  try {
    localStorage.setItem(storageKey, String(id))
  } catch {
    // Storage is blocked: the start page then is the list of workspaces.
  }
}
