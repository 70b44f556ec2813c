/** What the states of a request for access look like. */
import type { AccessState } from '../api/contract.ts'
import type { Tone } from '../words/codes.ts'

const TONES: Record<AccessState, Tone> = {
  open: 'warn',
  approved: 'good',
  declined: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
}

export const accessTone = (state: AccessState): Tone => TONES[state]
