/** All people of an account, for forms and lists that need everybody at once. */
import { listProfessionals } from '../api/client.ts'
import type { ProfessionalSummary } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'

/** More than this are not fetched: the list page finds them by name. */
const MAX_PEOPLE = 1000

/** Everybody by name, as many parts of the list as it takes. */
export async function loadEverybody(account: string): Promise<Result<ProfessionalSummary[]>> {
  const all: ProfessionalSummary[] = []
  let after: string | null = null
  do {
    const part: Awaited<ReturnType<typeof listProfessionals>> = await listProfessionals(account, {
      after,
      limit: 100,
    })
    if (!part.ok) return part
    all.push(...part.value.items)
    after = part.value.next
  } while (after && all.length < MAX_PEOPLE)
  return { ok: true, value: all }
}
