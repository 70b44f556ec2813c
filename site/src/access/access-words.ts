/** Tones of the states of an access request. */
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
