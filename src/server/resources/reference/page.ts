/** The page around Swagger UI. No inline script: the policy of the page allows none. */
export const REFERENCE_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Metadata API · Metadeck</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/api:meta/reference/swagger-ui.css" />
    <link rel="stylesheet" href="/api:meta/reference/page.css" />
  </head>
  <body>
    <header class="bar">
      <a href="/">Metadeck</a>
      <a href="/apispec:meta?type=json" download="metadata-api.json">OpenAPI document</a>
    </header>
    <div id="reference"></div>
    <noscript>This page needs JavaScript. The document itself is at /apispec:meta?type=json.</noscript>
    <script src="/api:meta/reference/swagger-ui-bundle.js"></script>
    <script src="/api:meta/reference/page.js"></script>
  </body>
</html>
`

/** Tokens stay in the page's memory: nothing is written to browser storage. */
export const REFERENCE_SCRIPT = `window.addEventListener('load', async () => {
  const spec = await (await fetch('/apispec:meta?type=json')).json()
  // Calls go to the address that the page came from, whatever the instance calls itself.
  spec.servers = [{ url: '/api:meta' }]
  SwaggerUIBundle({
    spec,
    dom_id: '#reference',
    deepLinking: true,
    docExpansion: 'none',
    filter: true,
    persistAuthorization: false,
    tryItOutEnabled: true,
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
    presets: [SwaggerUIBundle.presets.apis],
    layout: 'BaseLayout',
  })
})
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', paint)
paint()
`

export const REFERENCE_STYLE = `body { margin: 0; background: #fafafa; }
.bar {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  padding: 0.75rem 1.25rem;
  border-bottom: 1px solid #d9dee5;
  font: 500 14px/1.4 system-ui, sans-serif;
}
.bar a { color: #1f5fbf; text-decoration: none; }
.bar a:hover, .bar a:focus-visible { text-decoration: underline; }
/* Calls go to one address only, and the marks beside the title need more contrast. */
.swagger-ui .servers-title, .swagger-ui .servers { display: none; }
.swagger-ui .info .title small { background: #4d5566; }
.swagger-ui .info .title small.version-stamp { background: #3f6b00; }
.swagger-ui .info .title small pre { color: #fff; }
.swagger-ui .btn.authorize, .swagger-ui .btn.authorize span { color: #14693f; border-color: #14693f; }
.swagger-ui .btn.authorize svg { fill: #14693f; }
.swagger-ui .btn.cancel { color: #b3261e; border-color: #b3261e; }
.swagger-ui .btn.execute { background: #1f5fbf; border-color: #1f5fbf; color: #fff; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1f5fbf; color: #fff; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #14693f; color: #fff; }
.swagger-ui .opblock.opblock-put .opblock-summary-method { background: #8a4b00; color: #fff; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b3261e; color: #fff; }
.dark-mode .swagger-ui .btn.authorize, .dark-mode .swagger-ui .btn.authorize span { color: #6fdba4; border-color: #6fdba4; }
.dark-mode .swagger-ui .btn.authorize svg { fill: #6fdba4; }
.dark-mode .swagger-ui .btn.cancel { color: #ff9d94; border-color: #ff9d94; }
.dark-mode body { background: #14171c; }
.dark-mode .bar { border-color: #2c323b; }
.dark-mode .bar a { color: #8ab8ff; }
`
