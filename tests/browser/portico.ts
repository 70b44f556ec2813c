/** A Portico that one worker of the browser tests has to itself: with a port, data, mail and a clock of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const repository = join(import.meta.dirname, '../..')

/** How long it gets to start and to stop, in milliseconds. */
export const PATIENCE = 60_000
const STOP_PATIENCE = 10_000

/** Starts a Portico on a free port with nothing but the vendor's account, lets `use` have its address, then stops it and removes its data. */
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

/** Waits until the program says where it listens, which it does once it can be used. */
async function address(portico: ChildProcess): Promise<string> {
  // It goes on being read, for a full pipe would hold the program up.
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
