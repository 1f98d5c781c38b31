import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    env: { TZ: 'America/St_Johns' },
    fileParallelism: false, // two cores, one browser
    expect: { poll: { timeout: 120_000, interval: 500 } },
    testTimeout: 180_000, // a generous bound on waiting, never a measure
    hookTimeout: 300_000,
  },
})
