/** Builds the program and the site once, before any worker starts a Portico. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const repository = join(import.meta.dirname, '../..')
const run = promisify(execFile)

export default async function build(): Promise<void> {
  const [{ stdout }] = await Promise.all([
    // Not `--package local`, which would compile the dependencies again with fewer features.
    run('cargo', ['build', '--quiet', '--bin', 'local', '--message-format', 'json'], {
      cwd: repository,
      maxBuffer: 64 * 1024 * 1024,
    }),
    run('node', ['site/build.mjs'], { cwd: repository }),
  ])
  // Cargo knows where it builds.
  const program = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { executable?: string | null })
    .find(({ executable }) => executable)?.executable
  if (!program) throw new Error('cargo does not say where it has built the local run')
  process.env.PORTICO_PROGRAM = program
}
