/** Wie die Codes der Schnittstelle heißen. */
import type {
  AccountKind,
  Activity,
  Plan,
  ProfessionalState,
  Role,
} from '../../src/api/contract.ts'

export const locale = 'de-DE'

export const roles: Record<Role, string> = {
  administrator: 'Administrator',
  billing_contact: 'Rechnungskontakt',
  shipping_contact: 'Lieferkontakt',
}

/** Dasselbe mitten im Satz. */
export const rolesWithin: Record<Role, string> = roles

export const accountKinds: Record<AccountKind, string> = {
  customer: 'Kunde',
  partner: 'Partner',
  vendor: 'Anbieter',
}

export const planStates: Record<Plan['state'], string> = {
  current: 'Aktuell',
  ending: 'Endet bald',
  grace: 'Beendet, Nachfrist läuft',
  lapsed: 'Abgelaufen',
}

export const beginsOn = (date: string) => `Beginnt am ${date}`
export const planEnded = (plan: string, date: string) =>
  `Der Vertrag ${plan} ist am ${date} abgelaufen.`
export const planBegins = (plan: string, date: string) => `Der Vertrag ${plan} beginnt am ${date}.`

export const states: Record<ProfessionalState, { label: string; meaning: string }> = {
  not_invited: { label: 'Nicht eingeladen', meaning: 'Es wurde noch keine Einladung verschickt.' },
  queued: { label: 'Einladung in Arbeit', meaning: 'Die Einladung wird gleich verschickt.' },
  sent: { label: 'Eingeladen', meaning: 'Die Einladung wurde verschickt.' },
  delivered: { label: 'Einladung zugestellt', meaning: 'Die Einladung liegt im Postfach.' },
  delayed: {
    label: 'Einladung verzögert',
    meaning: 'Der Mailserver nimmt die Einladung noch nicht an. Es wird weiter versucht.',
  },
  bounced: {
    label: 'Einladung unzustellbar',
    meaning:
      'Die Einladung kam zurück. Prüfen Sie die E-Mail-Adresse und senden Sie sie noch einmal.',
  },
  complained: {
    label: 'Als Spam gemeldet',
    meaning:
      'Die Einladung wurde als Spam gemeldet. Sprechen Sie mit der Person, bevor Sie eine weitere senden.',
  },
  failed: {
    label: 'Einladung fehlgeschlagen',
    meaning:
      'Die Einladung ließ sich nicht senden. Prüfen Sie die E-Mail-Adresse und senden Sie sie noch einmal.',
  },
  expired: {
    label: 'Einladung verfallen',
    meaning: 'Die Einladung wurde nicht rechtzeitig angenommen. Senden Sie sie noch einmal.',
  },
  revoked: {
    label: 'Einladung widerrufen',
    meaning: 'Die Einladung wurde widerrufen; ihr Link gilt nicht mehr.',
  },
  linked: {
    label: 'Verknüpft',
    meaning: 'Eine Identität ist verknüpft: Die Person kann sich anmelden.',
  },
  held: {
    label: 'Gesperrt',
    meaning:
      'Jemand hat „Das war ich nicht“ gemeldet. Prüfen Sie die E-Mail-Adresse und senden Sie dann eine neue Einladung.',
  },
  ended: { label: 'Beendet', meaning: 'Das Enddatum ist vorbei: Die Person hat keinen Zugang.' },
}

/** Als was jemand gehandelt hat; null, wo es der Name schon sagt. */
export const actors: Record<Activity['actor']['as'], string | null> = {
  self: null,
  administrator: 'Administrator',
  partner: 'Partner',
  staff: 'Mitarbeitende',
  operator: null,
  schedule: null,
  mailbox: 'Über E-Mail-Link',
}
