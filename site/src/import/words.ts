/** What the pages say, where an import of people differs from one of accounts. */
import type { accounts, people } from '#language/import.ts'

export type Words = typeof people | typeof accounts
