/** Wie die Codes der Schnittstelle heißen. */
import type {
  AccountKind,
  AuditEvent,
  Plan,
  ProfessionalState,
  Role,
  StaffPermission,
} from '../../src/api/contract.ts'

export const locale = 'de-DE'

export const roles: Record<Role, string> = {
  administrator: 'Administrator',
  billing_contact: 'Rechnungskontakt',
  shipping_contact: 'Lieferkontakt',
}

/** Dasselbe mitten im Satz. */
export const rolesWithin: Record<Role, string> = roles

/** Was die Administratoren des Anbieters seinen Mitarbeitenden erlauben. */
export const staffPermissions: Record<StaffPermission, { name: string; meaning: string }> = {
  people: {
    name: 'Personen verwalten',
    meaning:
      'Personen von Kunden und Partnern hinzufügen, ändern, einladen und löschen, Kontakte festlegen, über Zugangsanfragen entscheiden, zurückgehaltene E-Mails senden und Personenlisten exportieren.',
  },
  appointments: {
    name: 'Administratoren einsetzen',
    meaning:
      'Bestimmen, wer ein Konto verwaltet, wenn seine eigenen Administratoren es nicht können, und Vorschläge von Kolleginnen und Kollegen genehmigen.',
  },
  plans: {
    name: 'Konten und Verträge',
    meaning:
      'Konten anlegen und ändern, dazu ihre Serviceverträge, Partner und Lizenzen, und festlegen, was der Partner darf.',
  },
  imports: {
    name: 'Konten importieren',
    meaning: 'Viele Konten mit ihren Verträgen und Partnern aus einer Datei anlegen und ändern.',
  },
}
export const missingPermission = (permission: string) =>
  `Dafür brauchen Sie die Berechtigung „${permission}“. Ein Administrator Ihrer eigenen Organisation kann sie Ihnen geben, unter „Vertrag und Lizenzen“ Ihres eigenen Kontos.`

export const accountKinds: Record<AccountKind, string> = {
  customer: 'Kunde',
  partner: 'Partner',
  vendor: 'Anbieter',
}

export const planStates: Record<Plan['state'], string> = {
  current: 'Aktuell',
  ending: 'Endet bald',
  grace: 'Nachfrist',
  lapsed: 'Abgelaufen',
}

export const beginsOn = (date: string) => `Beginnt am ${date}`
export const planEnded = (plan: string, date: string) =>
  `Der Vertrag ${plan} ist am ${date} abgelaufen.`
export const planBegins = (plan: string, date: string) => `Der Vertrag ${plan} beginnt am ${date}.`

export const states: Record<ProfessionalState, { label: string; meaning: string }> = {
  not_invited: { label: 'Nicht eingeladen', meaning: 'Es wurde noch keine Einladung gesendet.' },
  queued: { label: 'Einladung in Arbeit', meaning: 'Die Einladung wird gleich gesendet.' },
  sent: { label: 'Eingeladen', meaning: 'Die Einladung wurde gesendet.' },
  delivered: {
    label: 'Eingeladen',
    meaning: 'Der Mailserver des Empfängers hat die Einladung angenommen.',
  },
  delayed: {
    label: 'Einladung verzögert',
    meaning:
      'Der Mailserver des Empfängers hat die Einladung noch nicht angenommen. Wir versuchen es weiter.',
  },
  bounced: {
    label: 'E-Mail unzustellbar',
    meaning:
      'Die Einladung konnte nicht zugestellt werden. Prüfen Sie die E-Mail-Adresse und senden Sie sie noch einmal.',
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
    label: 'Einladung abgelaufen',
    meaning: 'Die Einladung wurde nicht rechtzeitig angenommen. Senden Sie sie noch einmal.',
  },
  revoked: {
    label: 'Einladung widerrufen',
    meaning: 'Die Einladung wurde widerrufen; ihr Link gilt nicht mehr.',
  },
  linked: {
    label: 'Aktiv',
    meaning: 'Die Person kann sich anmelden.',
  },
  on_hold: {
    label: 'Gesperrt',
    meaning:
      'Jemand hat diese Anmeldung als verdächtig gemeldet. Prüfen Sie die E-Mail-Adresse und senden Sie dann eine neue Einladung.',
  },
  ended: {
    label: 'Zugang beendet',
    meaning: 'Das Enddatum ist vorbei: Die Person hat keinen Zugang.',
  },
}

/** Als was jemand gehandelt hat; null, wo es der Name schon sagt. */
export const actors: Record<AuditEvent['actor']['as'], string | null> = {
  self: null,
  administrator: 'Administrator',
  partner: 'Partner',
  staff: 'Mitarbeitende',
  operator: null,
  schedule: null,
  mailbox: 'Über E-Mail-Link',
}

export const relayAddress = (email: string) => `${email} (Weiterleitungsadresse von Apple)`
