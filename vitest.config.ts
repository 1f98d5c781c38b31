import { defineConfig } from 'vitest/config'

export default defineConfig({
  // As Node itself resolves: otherwise our files get graphql's CommonJS copy and Yoga the other one.
  ssr: { resolve: { conditions: ['module-sync', 'node'], externalConditions: ['module-sync', 'node'] } },
  test: {
    exclude: ['**/node_modules/**', 'e2e/**', 'var/**', 'dist/**'],
    env: { TZ: 'America/St_Johns' }, // the machine's zone must never matter
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
