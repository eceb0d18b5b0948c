// Sets a chosen light or dark look before the first paint; see src/console/lib/use-theme.ts.
try {
  const theme = localStorage.getItem('metadeck-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is blocked: the system's look stands.
}

// Our content policy forbids code made from text. zod would try whether it may, once, as soon as it is loaded, and the browser would log that as an error.
globalThis.__zod_globalConfig = { jitless: true }
