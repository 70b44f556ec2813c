/** A Portico for one worker of the browser tests, with its own port, data, mail and clock. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const repository = join(import.meta.dirname, '../..')

/** Time limits for starting and stopping, in milliseconds. */
export const PATIENCE = 60_000
const STOP_PATIENCE = 10_000

/**
 * Starts a Portico with only the vendor's account on a free port, passes its address to `use`, then
 * stops it and removes its data.
 */
export async function withPortico(use: (url: string) => Promise<void>): Promise<void> {
  const program = process.env.PORTICO_PROGRAM
  if (!program) throw new Error('the local run is not built: tests/browser/build.ts does that')
  const data = await mkdtemp(join(tmpdir(), 'portico-browser-tests-'))
  const portico = spawn(program, ['--port', '0', '--data', data, '--empty'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await address(portico)
    await createVendor(url)
    await use(url)
  } finally {
    await stop(portico)
    await rm(data, { recursive: true, force: true })
  }
}

/** Waits for the address that the program prints once it is ready. */
async function address(portico: ChildProcess): Promise<string> {
  // Keep reading: a full pipe would block the program.
  const lines = createInterface({ input: portico.stdout! })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const [, url] = /^Portico +(http:\/\/localhost:\d+)\/$/.exec(line) ?? []
      if (url) resolve(url)
    })
    portico.once('error', reject)
    portico.once('exit', (code) => reject(new Error(`the local run has ended with ${code}`)))
  })
}

async function createVendor(url: string): Promise<void> {
  const body = JSON.stringify({ body: { name: 'Example Vendor', kind: 'vendor' } })
  const response = await fetch(`${url}/_local/invoke/CreateAccount`, { method: 'POST', body })
  const answer = await response.text()
  if (!answer.includes('"status":201')) throw new Error(`no vendor's account: ${answer}`)
}

async function stop(portico: ChildProcess): Promise<void> {
  if (portico.exitCode !== null || portico.signalCode !== null || !portico.pid) return
  const ended = once(portico, 'exit')
  portico.kill('SIGTERM')
  const impatient = setTimeout(() => portico.kill('SIGKILL'), STOP_PATIENCE)
  await ended
  clearTimeout(impatient)
}
