// Sets a chosen light or dark look before the first paint; see src/console/lib/use-theme.ts.
try {
  const theme = localStorage.getItem('metadeck-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is blocked: the system's look stands.
}
