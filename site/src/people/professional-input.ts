/** What of a profile's form is sent. */
import type { NewProfessional, Professional, ProfessionalChanges } from '../api/contract.ts'

const NAMES = ['name', 'email', 'title', 'phone', 'language', 'ends_on'] as const

/** What a field starts with. */
export function currentValue(professional: Professional, name: string): string {
  return professional[name as (typeof NAMES)[number]] ?? ''
}

/**
 * Only what differs from `before`, so that two people who change different fields do not undo each
 * other's change.
 *
 * An emptied field that may be empty is sent as null.
 */
export function changes(before: Professional, typed: Record<string, string>): ProfessionalChanges {
  const changed: Record<string, string | null> = {}
  for (const name of NAMES) {
    const value = typed[name]
    if (value !== undefined && value !== currentValue(before, name)) changed[name] = value || null
  }
  return changed as ProfessionalChanges
}

/** Returns a new professional's values; optional fields that are empty are left out. */
export function additions(typed: Record<string, string>): NewProfessional {
  const { name = '', email = '', title, phone, language, ends_on } = typed
  return {
    name,
    email,
    ...(title && { title }),
    ...(phone && { phone }),
    ...(language && { language }),
    ...(ends_on && { ends_on }),
    administrator: 'administrator' in typed,
    send_invitation: 'send_invitation' in typed,
  }
}
