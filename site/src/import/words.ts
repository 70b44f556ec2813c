/** The texts that differ between importing people and importing accounts. */
import type { accounts, people } from '#language/import.ts'

export type Words = typeof people | typeof accounts
