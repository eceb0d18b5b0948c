import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The console's build and development server; the server itself needs no build (Node runs its TypeScript). */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { outDir: 'dist/console', sourcemap: false, target: 'es2023' },
  server: {
    host: '127.0.0.1',
    proxy: {
      // `npm run dev` starts the server on 4000; everything that is not the console goes there.
      '^/(api:|instance/|rt/|v1/|healthz|readyz|metrics|apispec:)': { target: 'http://127.0.0.1:4000', ws: true },
    },
  },
})
