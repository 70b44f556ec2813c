/** Runs the browser tests in Chromium, by workers that each have a Portico of their own. */

import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import type { Options } from './portal.ts'

/**
 * Address of a running Portico, which keeps the tests' data. Without one, each worker starts its
 * own.
 */
const running = process.env.PORTICO_URL || undefined
const repository = join(import.meta.dirname, '../..')
/** Path of a Chromium; defaults to Playwright's own. */
const executablePath = process.env.CHROMIUM || undefined

export default defineConfig<object, Options>({
  testDir: '.',
  outputDir: join(repository, 'test-results'),
  // The same snapshots for every machine with the same browser.
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  retries: 0,
  timeout: 60_000,
  // One per core. A running Portico has only one clock.
  workers: running ? 1 : '100%',
  fullyParallel: true,
  ...(!running && { globalSetup: './build.ts' }),
  use: {
    running,
    actionTimeout: 10_000,
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // Makes letters and the browser's own texts independent of the machine's settings.
        '--font-render-hinting=none',
        '--lang=en-GB',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
