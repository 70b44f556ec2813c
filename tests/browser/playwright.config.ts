/** How the journeys are run: in a Chromium, against a Portico of their own that starts empty of yesterday's data. */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const PORT = 3117
/** A Portico that runs already, at its own risk: it keeps what the tests do. Without one, the tests start their own. */
const running = process.env.PORTICO_URL || undefined
const repository = join(import.meta.dirname, '../..')
/** A path of a Chromium; without one, Playwright's own is used. */
const executablePath = process.env.CHROMIUM || undefined

export default defineConfig({
  testDir: '.',
  outputDir: join(repository, 'test-results'),
  // The same pictures for every machine with the same browser and fonts.
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  retries: 0,
  timeout: 60_000,
  // One after the other: some tests move the clock, which all share.
  workers: 1,
  use: {
    actionTimeout: 10_000,
    baseURL: running ?? `http://localhost:${PORT}`,
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  ...(!running && {
    webServer: {
      command: `cargo run --quiet -- --port ${PORT} --data "${join(tmpdir(), 'portico-browser-tests')}" --fresh`,
      cwd: repository,
      url: `http://localhost:${PORT}/api/session`,
      // The program may have to be built first.
      timeout: 600_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    },
  }),
})
