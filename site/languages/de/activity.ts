/** Die Texte der Aktivitätsliste: Ereignisse und ihre Einzelheiten. */
import { html, type TemplateResult } from 'lit-html'
import type {
  AccountField,
  Decider,
  EventKind,
  FactorsFor,
  Grant,
  MailKind,
  ProfessionalField,
} from '../../src/api/contract.ts'

export const title = 'Aktivität'
export const lead =
  'Alles, was in diesem Konto geschehen ist, das Neueste zuerst. Niemand kann es ändern oder löschen.'
export const empty = 'Bisher ist nichts geschehen.'
export const today = 'Heute'
export const yesterday = 'Gestern'
export const from = (address: string) => `von ${address}`
/** The recipient of a mail who is not on the account's list; the address is not shown. */
export const outside = 'eine Adresse außerhalb dieses Kontos'

type Sentence = (who: unknown, whom: unknown) => TemplateResult

/** Das Ereignis, mit der handelnden Person und, falls vorhanden, der betroffenen. */
export const events: Record<EventKind, Sentence> = {
  'account-created': (who) => html`${who} hat das Konto angelegt`,
  'account-confirmed': (who) => html`${who} hat das Konto bestätigt`,
  'account-declined': (who) => html`${who} hat einen neuen Kunden abgelehnt`,
  'account-withdrawn': (who) => html`${who} hat einen neuen Kunden zurückgezogen`,
  'account-updated': (who) => html`${who} hat das Konto geändert`,
  'grant-changed': (who) => html`${who} hat die Berechtigungen des Partners geändert`,
  'sign-in-policy-changed': (who) => html`${who} hat die Anmelderegeln geändert`,
  'sign-in-policy-lift-requested': (who) => html`${who} möchte die Anmelderegeln aufheben`,
  'sign-in-policy-lifted': (who) => html`${who} hat die Anmelderegeln aufgehoben`,
  'professional-added': (who, whom) => html`${who} hat ${whom} hinzugefügt`,
  'professional-updated': (who, whom) => html`${who} hat das Profil von ${whom} geändert`,
  'email-change-requested': (who) => html`${who} hat eine neue eigene E-Mail-Adresse eingetragen`,
  'email-change-cancelled': (who) => html`${who} behält die bisherige E-Mail-Adresse`,
  'mail-preferences-changed': (who) => html`${who} hat die eigenen E-Mails ausgewählt`,
  'professional-deleted': (who, whom) => html`${who} hat ${whom} gelöscht`,
  'professional-restored': (who, whom) => html`${who} hat ${whom} wiederhergestellt`,
  'roles-assigned': (who) => html`${who} hat Rollen geändert`,
  'staff-permissions-changed': (who) => html`${who} hat geändert, was Mitarbeitende dürfen`,
  'administrator-appointed': (who, whom) => html`${who} hat ${whom} zum Administrator gemacht`,
  'appointment-requested': (who, whom) => html`${who} möchte ${whom} zum Administrator machen`,
  'appointment-declined': (who, whom) =>
    html`${who} hat abgelehnt, dass ${whom} Administrator wird`,
  'invitation-requested': (who, whom) => html`${who} hat eine Einladung für ${whom} angefordert`,
  'invitation-revoked': (who, whom) => html`${who} hat die Einladung von ${whom} widerrufen`,
  'identity-linked': (who) => html`${who} hat eine Anmeldung mit dem eigenen Profil verknüpft`,
  'identity-switched': (who) => html`${who} hat zu einer anderen Anmeldung gewechselt`,
  'link-disputed': (who, whom) =>
    html`${who} hat die Anmeldung von ${whom} als verdächtig gemeldet`,
  'plan-ending': (who) => html`${who} hat daran erinnert, dass der Vertrag endet`,
  'plan-lapsed': (who) => html`${who} hat festgestellt, dass der Vertrag abgelaufen ist`,
  'access-requested': (who) => html`${who} hat um Zugang gebeten`,
  'access-request-escalated': (who) =>
    html`${who} hat eine Zugangsanfrage an die nächsten Zuständigen weitergeleitet`,
  'access-request-passed-on': (who) => html`${who} hat eine Zugangsanfrage weitergeleitet`,
  'access-request-approved': (who) => html`${who} hat einer Zugangsanfrage zugestimmt`,
  'access-request-declined': (who) => html`${who} hat eine Zugangsanfrage abgelehnt`,
  'access-request-withdrawn': (who) => html`${who} hat die eigene Zugangsanfrage zurückgezogen`,
  'access-request-expired': (who) =>
    html`${who} hat eine Zugangsanfrage geschlossen, über die niemand entschieden hat`,
  'mail-sent': (_who, whom) => html`E-Mail an ${whom} wurde gesendet`,
  'mail-failed': (_who, whom) => html`E-Mail an ${whom} konnte nicht gesendet werden`,
  'mail-bounced': (_who, whom) => html`E-Mail an ${whom} war unzustellbar`,
  'mail-complained': (_who, whom) => html`E-Mail an ${whom} wurde als Spam gemeldet`,
  'mail-released': (who) => html`${who} hat zurückgehaltene E-Mails freigegeben`,
}

/** Ernennungen, durch die niemand Administrator wird. */
export const administratorChanges = {
  'administrator-appointed': (who: unknown) => html`${who} hat die Administratoren geändert`,
  'appointment-requested': (who: unknown) => html`${who} möchte die Administratoren ändern`,
  'appointment-declined': (who: unknown) =>
    html`${who} hat abgelehnt, die Administratoren zu ändern`,
}

/** Ein Ereignis, das diese Seite noch nicht kennt. */
export const otherEvent: Sentence = (who) =>
  html`${who} hat etwas geändert (was, steht hier nach dem Neuladen der Seite)`

/** Handelnde, die keine Personen sind. */
export const mailService = 'Der Mailversand'
export const schedule = 'Portico'
export const operator = 'Der Betreiber des Portals'
export const noticeReader = 'Jemand, der die Mitteilung erhalten hatte,'
export const addressReader = 'Jemand, der die hinterlegte Adresse eingab,'

export const mails: Record<MailKind, string> = {
  invitation: 'Einladung',
  'invitation-bounced': 'Mitteilung über eine unzustellbare Einladung',
  'my-link': 'Angeforderter Link',
  'my-links': 'Angeforderte Links',
  'requested-links': 'Über die E-Mail-Adresse angeforderte Links',
  linked: 'Mitteilung über eine neu verknüpfte Anmeldung',
  'identity-switched': 'Mitteilung an die bisherige Anmeldung',
  'confirm-email': 'Bestätigung einer neuen Adresse',
  'address-changed': 'Mitteilung an die bisherige Adresse',
  'link-disputed': 'Mitteilung über eine verdächtige Anmeldung',
  'access-ending': 'Erinnerung, dass ein Zugang endet',
  'review-access': 'Erinnerung, den Zugang zu prüfen',
  'partner-changed': 'Mitteilung über einen neuen Partner',
  'grant-changed': 'Mitteilung über geänderte Partnerberechtigungen',
  'sign-in-policy-lift': 'Mitteilung über aufgehobene Anmelderegeln',
  'administrator-changed': 'Mitteilung über einen neuen Administrator',
  'appointment-requested': 'Bitte um eine zweite Zustimmung',
  'customer-waiting': 'Bitte um Bestätigung eines neuen Kunden',
  'customer-confirmed': 'Mitteilung über einen bestätigten Kunden',
  'customer-declined': 'Mitteilung über einen abgelehnten Kunden',
  'plan-ending': 'Erinnerung, dass der Vertrag endet',
  'plan-lapsed': 'Mitteilung, dass der Vertrag abgelaufen ist',
  notices: 'Weitere Mitteilungen, gezählt',
  'routed-access': 'Zugangsanfrage',
  'access-requested': 'Zugangsanfrage',
}

export const fields: Record<AccountField | ProfessionalField, string> = {
  name: 'Name',
  email: 'E-Mail',
  title: 'Funktion',
  phone: 'Telefon',
  language: 'Sprache',
  ends_on: 'Enddatum',
  external_id: 'Kundennummer',
  contact: 'Kontaktangaben',
  plan: 'Servicevertrag',
  partner: 'Partner',
  licences: 'Lizenzen',
  time_zone: 'Zeitzone',
}

export const releasedMails = (mails: number) => (mails === 1 ? 'eine E-Mail' : `${mails} E-Mails`)
export const changed = (fields: string) => `geändert: ${fields}`
export const invited = 'mit Einladung'
export const notInvited = 'ohne Einladung'
export const waiting = 'wartet auf Bestätigung'
export const invitedFirst = (name: string) => `mit einer Einladung an ${name}`
export const customer = (name: string) => `Kunde: ${name}`
export const imported = 'aus einer Datei'
export const stillLinked = 'mit verknüpfter Anmeldung'
export const notLinked = 'ohne verknüpfte Anmeldung'
export const inPlaceOf = (names: string) => `ersetzt ${names}`
export const reason = (reason: string) => `Grund: ${reason}`
export const newAddressOf = (name: string) => `neue E-Mail-Adresse für ${name}`
export const appointmentRequestedBy = (name: string) => `angefragt von ${name}`
export const handedOverTo = (name: string) => `Rollen an ${name} übergeben`
export const identity = (name: string, provider: string) => `Anmeldung: ${name} (${provider})`
export const plan = (name: string) => `Vertrag: ${name}`
export const until = (date: string) => `bis ${date}`
export const partner = (name: string) => `Partner: ${name}`

/** Die Rolle, in der jemand handelte, mit dem eigenen Konto: „Helpful Partner, als Partner“. */
export const actsFor = (home: string, capacity: string) => `${home}, als ${capacity}`

/** Die Berechtigungen des Partners nach der Änderung. */
export const grants: Record<Grant, string> = {
  none: 'kein Zugriff',
  view: 'nur ansehen',
  manage_people: 'Personen verwalten',
  appoint_administrator: 'voller Zugriff',
}
/** Von wem nach der Änderung mehrere Faktoren verlangt werden. */
export const factors: Record<FactorsFor, string> = {
  nobody: 'mehrere Faktoren: von niemandem verlangt',
  administrators: 'mehrere Faktoren: von Administratoren verlangt',
  everybody: 'mehrere Faktoren: von allen verlangt',
}
export const linking = (signIns: string) => `verknüpfen lässt sich: ${signIns}`
export const liftRequestedBy = (name: string) => `zuerst beantragt von ${name}`
export const since = (date: string) => `seit ${date}`
export const administratorsAdded = (names: string) => `neue Administratoren: ${names}`
export const administratorsRemoved = (names: string) => `nicht mehr Administratoren: ${names}`
export const permissionsGiven = (name: string, permissions: string) =>
  `${name} hat bekommen: ${permissions}`
export const permissionsTaken = (name: string, permissions: string) =>
  `${name} hat verloren: ${permissions}`
export const billingContact = (name: string) => `Rechnungskontakt: ${name}`
export const shippingContact = (name: string) => `Lieferkontakt: ${name}`
export const stages: Record<Decider, string> = {
  administrators: 'die Administratoren sind gefragt',
  partner: 'der Partner ist gefragt',
  staff: 'die Mitarbeitenden des Anbieters sind gefragt',
}
export const passedOnTo = (account: string) => `an ${account}`
export const requestedBy = (name: string) => `von ${name}`
export const requestedFor = (email: string) => `für ${email}`
