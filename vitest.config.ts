import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', 'e2e/**', 'var/**', 'dist/**'],
    env: { TZ: 'America/St_Johns' }, // the machine's zone must never matter
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
