import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localProblem, type Problem, type Result } from './problem.ts'
import { retryWhileBusy } from './retry.ts'

const busy = (retryAfter: number | null): Problem => ({ kind: 'unavailable', retryAfter })

test('a request to a busy server is repeated after the time it names', async () => {
  const { result, waits } = await run([busy(3), busy(5)])
  assert.deepEqual(result, { ok: true, value: 'done' })
  assert.deepEqual(waits, [3, 5])
})

test('without a time from the server, the waits grow', async () => {
  const { result, waits } = await run([busy(null), busy(null), busy(null), busy(null), busy(null)])
  assert.equal(result.ok, false)
  assert.deepEqual(waits, [2, 4, 6])
})

test('long waits, lost connections and permanent problems are not retried', async () => {
  const forbidden: Problem = { kind: 'forbidden', permission: null, retryAfter: null }
  for (const problem of [busy(600), localProblem('offline'), forbidden]) {
    const { result, waits } = await run([problem])
    assert.deepEqual([result.ok, waits], [false, []], problem.kind)
  }
})

async function run(failures: Problem[]): Promise<{ result: Result<string>; waits: number[] }> {
  const waits: number[] = []
  const request = (): Promise<Result<string>> => {
    const problem = failures.shift()
    return Promise.resolve(problem ? { ok: false, problem } : { ok: true, value: 'done' })
  }
  const result = await retryWhileBusy(
    request,
    () => {},
    (seconds) => Promise.resolve(void waits.push(seconds)),
  )
  return { result, waits }
}
