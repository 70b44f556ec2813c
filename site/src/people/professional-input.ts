/** Converts a profile's form into API input. */
import type { NewProfessional, Professional, ProfessionalChanges } from '../api/contract.ts'

const NAMES = ['name', 'email', 'title', 'phone', 'language', 'ends_on'] as const

/** Returns a field's initial value. */
export function currentValue(professional: Professional, name: string): string {
  return professional[name as (typeof NAMES)[number]] ?? ''
}

/**
 * Returns only what differs from `before`, so that two people who edit different fields do not
 * overwrite each other.
 *
 * Optional fields that were emptied are null.
 */
export function changes(before: Professional, typed: Record<string, string>): ProfessionalChanges {
  const changed: Record<string, string | null> = {}
  for (const name of NAMES) {
    const value = typed[name]
    if (value !== undefined && value !== currentValue(before, name)) changed[name] = value || null
  }
  return changed as ProfessionalChanges
}

/** Returns a new professional; empty optional fields are omitted. */
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
