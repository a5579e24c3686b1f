import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules', '.data'],
    globalSetup: ['test/support/one-cluster.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    // Node itself loads the modules: another loader would bring a second copy of `graphql`, and hide what breaks in Node.
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
