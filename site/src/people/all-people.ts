/** Loads all people of an account, for forms that need the whole list. */
import { listProfessionals } from '../api/client.ts'
import type { ProfessionalSummary } from '../api/contract.ts'
import type { Result } from '../api/problem.ts'

/** Upper limit; in larger accounts the list page finds people by name. */
const MAX_PEOPLE = 1000

/** Returns the account's people by name, page by page. */
export async function loadAllPeople(account: string): Promise<Result<ProfessionalSummary[]>> {
  const all: ProfessionalSummary[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listProfessionals>> = await listProfessionals(account, {
      after,
      limit: 100,
    })
    if (!page.ok) return page
    all.push(...page.value.items)
    after = page.value.next
  } while (after && all.length < MAX_PEOPLE)
  return { ok: true, value: all }
}
