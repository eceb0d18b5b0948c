export interface ToastDetails {
  /** A second line. */
  description?: string | undefined
  /** One thing to do about it: "Undo", "Open". */
  action?: { label: string; onSelect: () => void } | undefined
}

export interface Notice extends ToastDetails {
  tone: 'success' | 'danger' | 'info'
  title: string
}
