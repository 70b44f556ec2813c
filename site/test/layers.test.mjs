import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { wrongImports } from '../build/layers.mjs'

const site = dirname(dirname(fileURLToPath(import.meta.url)))

test('imports point to lower layers, without cycles', () => {
  assert.deepEqual(wrongImports(join(site, 'src')), [])
})

test('imports upwards and sideways, cycles and stray modules are found', (t) => {
  const src = mkdtempSync(join(tmpdir(), 'portico-layers-'))
  t.after(() => rmSync(src, { recursive: true }))
  const files = {
    'stray.ts': '',
    'lib/day.ts': "import type { Plan } from '../api/contract.ts'\n",
    'api/contract.ts': "import { problem } from './problem.ts'\n",
    'api/problem.ts': "import type {\n  Plan,\n} from './contract.ts'\n",
    'people/list.ts': "export { fold } from '../search/fold.ts'\n",
    'pages/invite.ts': "import '../people/list.ts'\nconst late = await import('../ui/form.ts')\n",
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(src, name)), { recursive: true })
    writeFileSync(join(src, name), text)
  }
  assert.deepEqual(wrongImports(src).sort(), [
    'a cycle: api/contract.ts → api/problem.ts → api/contract.ts',
    'lib/day.ts imports api/contract.ts, which is not below it',
    'people/list.ts imports search/fold.ts, which is not below it',
    'stray.ts is in no folder of a layer',
  ])
})
