/** Die Aktivitätsliste: was getan wurde und was dazu gesagt wird. */
import { html, type TemplateResult } from 'lit-html'

export const title = 'Aktivität'
export const lead =
  'Was in diesem Konto getan wurde, das Neueste zuerst. Nichts davon lässt sich ändern oder löschen.'
export const empty = 'Bisher wurde nichts getan.'
export const today = 'Heute'
export const yesterday = 'Gestern'
export const from = (address: string) => `von ${address}`
/** Whom a mail went to who is not on the account's list: who that is, is not told. */
export const outside = 'eine Adresse außerhalb dieses Kontos'
export const deletedPerson = 'eine inzwischen gelöschte Person'

type Deed = (who: unknown, whom: unknown) => TemplateResult

/** Was getan wurde, von wem und, wenn es jemanden betraf, an wem. */
export const acts: Record<string, Deed> = {
  'account-created': (who) => html`${who} hat das Konto angelegt`,
  'account-updated': (who) => html`${who} hat das Konto geändert`,
  'grant-changed': (who) => html`${who} hat geändert, was der Partner darf`,
  'professional-added': (who, whom) => html`${who} hat ${whom} hinzugefügt`,
  'professional-updated': (who, whom) => html`${who} hat das Profil von ${whom} geändert`,
  'professional-deleted': (who, whom) => html`${who} hat ${whom} gelöscht`,
  'professional-restored': (who, whom) => html`${who} hat ${whom} wiederhergestellt`,
  'roles-assigned': (who) => html`${who} hat die Rollen vergeben`,
  'administrator-appointed': (who, whom) => html`${who} hat ${whom} zum Administrator gemacht`,
  'appointment-requested': (who, whom) =>
    html`${who} hat darum gebeten, dass ${whom} Administrator wird`,
  'appointment-declined': (who, whom) =>
    html`${who} hat abgelehnt, dass ${whom} Administrator wird`,
  'invitation-requested': (who, whom) => html`${who} hat eine Einladung für ${whom} angefordert`,
  'invitation-revoked': (who, whom) => html`${who} hat die Einladung von ${whom} widerrufen`,
  'identity-linked': (who) => html`${who} hat eine Identität mit dem eigenen Profil verknüpft`,
  'identity-switched': (who) => html`${who} hat zu einer anderen Identität gewechselt`,
  'link-disputed': (who, whom) =>
    html`${who} hat zum Profil von ${whom} „Das war ich nicht“ gemeldet`,
  'plan-ending': (who) => html`${who} hat mitgeteilt, dass der Servicevertrag zu Ende geht`,
  'plan-lapsed': (who) => html`${who} hat festgehalten, dass der Servicevertrag abgelaufen ist`,
  'access-requested': (who) => html`${who} hat um Zugang gebeten`,
  'access-request-escalated': (who) =>
    html`${who} hat eine Zugangsanfrage an die Nächsten gegeben, die entscheiden können`,
  'access-request-passed-on': (who) => html`${who} hat eine Zugangsanfrage weitergegeben`,
  'access-request-approved': (who) => html`${who} hat einer Zugangsanfrage zugestimmt`,
  'access-request-declined': (who) => html`${who} hat eine Zugangsanfrage abgelehnt`,
  'access-request-withdrawn': (who) => html`${who} hat die eigene Zugangsanfrage zurückgezogen`,
  'access-request-expired': (who) =>
    html`${who} hat festgehalten, dass über eine Zugangsanfrage niemand entschieden hat`,
  'mail-sent': (who, whom) => html`${who} hat eine E-Mail an ${whom} gesendet`,
  'mail-failed': (who, whom) => html`${who} konnte keine E-Mail an ${whom} senden`,
  'mail-bounced': (who, whom) => html`${who} hat eine E-Mail an ${whom} zurückbekommen`,
  'mail-complained': (who, whom) =>
    html`${who} hat zu einer E-Mail an ${whom} die Meldung „Spam“ erhalten`,
}

/** Eine Handlung, die diese Website noch nicht kennt, mit ihrem Code. */
export const otherAct = (who: unknown, code: string, whom: unknown) => html`${who}: ${code} ${whom}`

/** Was handelt, ohne dass eine Person dahintersteht. */
export const mailService = 'Der Mailversand'
export const schedule = 'Der Zeitplan'
export const operator = 'Der Betreiber des Portals'
export const noticeReader = 'Wer die Benachrichtigung las,'
export const addressReader = 'Jemand, der die hinterlegte Adresse eingab,'

export const mails: Record<string, string> = {
  invitation: 'Einladung',
  returned: 'Nachricht, dass eine Einladung zurückkam',
  'my-link': 'Eigener Link',
  'requested-links': 'Links zur E-Mail-Adresse',
  linked: 'Nachricht, dass eine Identität verknüpft wurde',
  'identity-switched': 'Nachricht an die bisherige Identität',
  'address-changed': 'Nachricht an die bisherige Adresse',
  'link-disputed': 'Nachricht, dass eine Verknüpfung gemeldet wurde',
  'access-ending': 'Nachricht, dass ein Zugang bald endet',
  'review-access': 'Frage, wer noch Zugang braucht',
  'partner-changed': 'Nachricht über einen neuen Partner',
  'grant-changed': 'Nachricht, was ein Partner darf',
  'administrator-changed': 'Mitteilung über den Wechsel des Administrators',
  'appointment-requested': 'Bitte um eine zweite Zustimmung',
  'plan-ending': 'Nachricht, dass der Vertrag zu Ende geht',
  'plan-lapsed': 'Nachricht, dass der Vertrag abgelaufen ist',
  'routed-access': 'Zugangsanfrage',
  'access-requested': 'Zugangsanfrage',
}

export const fields: Record<string, string> = {
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

export const changed = (fields: string) => `geändert: ${fields}`
export const invited = 'mit Einladung'
export const notInvited = 'ohne Einladung'
export const imported = 'aus einer Datei'
export const stillLinked = 'mit verknüpfter Identität'
export const notLinked = 'ohne Identität'
export const inPlaceOf = (names: string) => `anstelle von ${names}`
export const reason = (reason: string) => `Grund: ${reason}`
export const askedBy = (name: string) => `erbeten von ${name}`
export const handedOverTo = (name: string) => `Rollen an ${name} übergeben`
export const identity = (identity: string) => `Identität: ${identity}`
export const plan = (name: string) => `Vertrag: ${name}`
export const until = (date: string) => `bis ${date}`
export const partner = (name: string) => `Partner: ${name}`

/** Als was jemand handelte, und für wen: „Helpful Partner, als Partner“. */
export const actsFor = (home: string, capacity: string) => `${home}, als ${capacity}`

/** Was der Partner von da an darf. */
export const grants: Record<string, string> = {
  none: 'nichts mehr',
  view: 'nur ansehen',
  manage_people: 'Personen verwalten',
  appoint_administrator: 'Personen verwalten und einen Administrator einsetzen',
}
export const since = (date: string) => `seit ${date}`
export const administrators = (names: string) => `Administratoren: ${names}`
export const billingContact = (name: string) => `Rechnungskontakt: ${name}`
export const shippingContact = (name: string) => `Lieferkontakt: ${name}`
export const nobody = 'niemand'
export const otherFact = (name: string, value: string) => `${name}: ${value}`
export const stages: Record<string, string> = {
  administrators: 'die Administratoren sind gefragt',
  partner: 'der Partner ist gefragt',
  staff: 'das Personal ist gefragt',
}
export const passedOnTo = (account: string) => `an ${account}`
export const requestedBy = (name: string) => `von ${name}`
export const requestedFor = (email: string) => `für ${email}`
