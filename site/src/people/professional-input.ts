/** What of a profile's form is sent. */
import type { NewProfessional, Professional, ProfessionalChanges } from '../api/contract.ts'

/** What a field starts with. */
export function currentValue(professional: Professional, name: string): string {
  const value = professional[name as keyof Professional]
  return typeof value === 'string' ? value : ''
}

/**
 * Only what differs from `before`, so that two people who change different fields do not undo each
 * other's change.
 *
 * An emptied field that may be empty is sent as null.
 */
export function changes(before: Professional, typed: Record<string, string>): ProfessionalChanges {
  const changed: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(typed)) {
    if (name in before && value !== currentValue(before, name)) changed[name] = value || null
  }
  return changed as ProfessionalChanges
}

/** Returns a new professional's values; optional fields that are empty are left out. */
export function additions(typed: Record<string, string>): NewProfessional {
  const { administrator, send_invitation, ...profile } = typed
  const given = Object.entries(profile).filter(([, value]) => value)
  return {
    name: '',
    email: '',
    ...Object.fromEntries(given),
    administrator: administrator !== undefined,
    send_invitation: send_invitation !== undefined,
  }
}
