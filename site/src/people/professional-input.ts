/** Builds the API's input from the values of a profile's form. */
import type { NewProfessional, Professional, ProfessionalChanges } from '../api/contract.ts'

/** Returns the initial value of a field. */
export function currentValue(professional: Professional, name: string): string {
  const value = professional[name as keyof Professional]
  return typeof value === 'string' ? value : ''
}

/**
 * Returns only the values that differ from `before`, so that two people who change different fields
 * do not undo each other's change.
 *
 * Null clears a field.
 */
export function changes(before: Professional, typed: Record<string, string>): ProfessionalChanges {
  const changed: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(typed)) {
    if (name in before && value !== currentValue(before, name)) changed[name] = value || null
  }
  return changed as ProfessionalChanges
}

/** Returns a new professional's values, without empty optional fields. */
export function additions(typed: Record<string, string>): NewProfessional {
  const { administrator, send_invitation, ...profile } = typed
  const filled = Object.entries(profile).filter(([, value]) => value)
  return {
    name: '',
    email: '',
    ...Object.fromEntries(filled),
    administrator: administrator !== undefined,
    send_invitation: send_invitation !== undefined,
  }
}
