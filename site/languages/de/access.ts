/** Um Zugang bitten, eigene Anfragen verfolgen und über Anfragen entscheiden. */
import { html } from 'lit-html'
import type { AccessRequest, AccessState } from '../../src/api/contract.ts'

export const title = 'Um Zugang bitten'
export const lead =
  'Kann Sie in Ihrer Organisation niemand hinzufügen? Dann fragen Sie hier. Wir leiten Ihre Anfrage an die Personen weiter, die das Konto Ihrer Organisation verwalten. Stimmen sie zu, senden wir eine Einladung an die Adresse, die Sie angeben.'
export const firstAsk = (link: unknown) =>
  html`Hat Sie schon jemand hinzugefügt? Dann brauchen Sie nicht zu fragen: ${link}.`
export const linkMyProfile = 'Mein Profil verknüpfen'
export const signedInAs = (who: unknown) =>
  html`Sie sind angemeldet als ${who}. Wer Ihre Anfrage prüft, kann das sehen.`
export const anotherIdentity = 'Andere Anmeldung verwenden'
export const organisation = 'Organisation'
export const organisationHint = 'Der Name auf Ihren Rechnungen oder Ihre Kundennummer.'
export const name = 'Ihr Name'
export const email = 'Ihre dienstliche E-Mail-Adresse'
export const emailHint =
  'Hierhin senden wir die Einladung. Eine Adresse Ihrer Organisation ist leichter zu erkennen.'
export const jobTitle = 'Berufsbezeichnung'
export const phone = 'Telefon'
export const message = 'Nachricht'
export const messageHint =
  'Für die Personen, die Ihre Anfrage prüfen: wer Sie dort kennt oder was Sie brauchen. Ohne Links.'
export const send = 'Um Zugang bitten'
export const afterwards =
  'Wir sagen nicht, wer Ihre Anfrage prüft; den Status sehen Sie hier. Entscheidet niemand, leiten wir sie an die nächsten Zuständigen weiter.'

export const thankYou = 'Vielen Dank'
export const asked =
  'Wir haben Ihre Anfrage erhalten. Wird ihr zugestimmt, senden wir eine Einladung an die angegebene Adresse. Sehen Sie auch im Spam-Ordner nach.'
export const askedNext =
  'Das kann einige Arbeitstage dauern. Auf dieser Seite sehen Sie den Status.'
export const seeRequests = 'Meine Anfragen ansehen'
export const otherwise = (partner: string, mailbox: unknown) =>
  html`Eilt es? Fragen Sie Ihren ${partner} oder schreiben Sie an ${mailbox}.`

export const myRequests = 'Meine Anfragen'
export const noRequests = 'Sie haben noch nicht um Zugang gebeten.'
export const invitationTo = 'Einladung an'
export const reason = 'Begründung'
export const withdraw = 'Zurückziehen'
export const withdrawFor = (organisation: string) => `Die Anfrage für ${organisation} zurückziehen`
export const withdrawn = 'Ihre Anfrage wurde zurückgezogen.'
export const states: Record<AccessState, { label: string; meaning: string }> = {
  open: { label: 'Offen', meaning: 'Die Entscheidung steht noch aus.' },
  approved: {
    label: 'Zugestimmt',
    meaning:
      'Eine Einladung an die angegebene Adresse ist unterwegs, wenn Sie nicht schon Zugang haben. Öffnen Sie sie und folgen Sie dem Link.',
  },
  declined: { label: 'Abgelehnt', meaning: 'Ihre Anfrage wurde abgelehnt.' },
  withdrawn: { label: 'Zurückgezogen', meaning: 'Sie haben diese Anfrage zurückgezogen.' },
  expired: {
    label: 'Abgelaufen',
    meaning:
      'Niemand hat rechtzeitig entschieden. Fragen Sie noch einmal oder schreiben Sie an die Adresse unten.',
  },
}

export const requests = 'Zugangsanfragen'
export const requestsLead = (account: string) =>
  `Personen, die um Zugang zu ${account} bitten. Stimmen Sie nur bei Personen zu, die Sie kennen.`
export const unmatchedLead =
  'Anfragen, die wir mit dem eingegebenen Namen oder der Nummer keinem einzelnen Konto zuordnen konnten. Leiten Sie jede an das richtige Konto weiter oder lehnen Sie sie ab.'
export const requestsCaption = 'Zugangsanfragen, die offenen zuerst'
export const noneHere = 'Niemand hat um Zugang gebeten.'
export const whoAsks = 'Angefragt von'
export const state = 'Status'
export const on = 'Angefragt am'
export const allRequests = 'Alle Anfragen'
export const waiting = (n: number, more: boolean) =>
  n === 1 && !more
    ? '1 Person bittet um Zugang'
    : `${more ? 'Mehr als ' : ''}${n} Personen bitten um Zugang`
export const review = 'Prüfen'

export const asks = (name: string) => `${name} bittet um Zugang`
export const stages: Record<NonNullable<AccessRequest['stage']>, string> = {
  administrators: 'Die Administratoren sind gefragt.',
  partner: 'Die Administratoren und der Partner sind gefragt.',
  staff: 'Die Mitarbeitenden des Anbieters sind gefragt.',
}
export const nextOn = (day: string) =>
  `Entscheidet niemand, fragen wir am ${day} die nächsten Zuständigen.`
export const expiresOn = (day: string) => `Entscheidet niemand, läuft die Anfrage am ${day} ab.`
export const typedOrganisation = 'Organisation, wie eingegeben'
export const identity = 'Angemeldet als'
export const identityHint =
  'Vom Anmeldeanbieter. Das ist nur ein Hinweis: Wer Zugang erhält, entscheidet der Link in der Einladung.'
export const decidedBy = 'Entschieden von'
export const yourAddress = 'E-Mail, wie eingegeben'
export const theirMessage = 'Nachricht'

export const checks = 'Bevor Sie entscheiden'
export const domainKnown = (domain: string) =>
  `Auch Kolleginnen und Kollegen mit einer Rolle haben Adressen bei ${domain}.`
export const domainUnknown = (domain: string) =>
  `Niemand mit einer Rolle hat hier eine Adresse bei ${domain}. Vergewissern Sie sich, dass sie jemandem gehört, den Sie kennen.`
export const resembles = (domain: string, known: string) =>
  `${domain} sieht aus wie ${known}, ist aber eine andere Domain. Das kann ein Tippfehler sein, oder jemand gibt sich als Kollegin oder Kollege aus.`
export const holder = (name: string, state: string) =>
  `${name} steht mit dieser Adresse schon auf Ihrer Liste (${state}). Wenn Sie zustimmen, senden wir eine neue Einladung.`
export const holderLinked = (name: string) =>
  `${name} verwendet diese Anmeldung schon. Ihre Zustimmung ändert nichts.`
export const takesRoles = (roles: string) =>
  `Das wäre die erste Person des Kontos; sie würde ${roles}.`
export const unverified =
  'Wir haben nicht geprüft, ob diese Adresse der Person gehört. Die Einladung geht dorthin, und nur wer dieses Postfach lesen kann, erhält Zugang.'

export const approve = 'Zustimmen und Einladung senden'
export const approved = (name: string) => `Zugestimmt. Die Einladung an ${name} ist unterwegs.`
export const approvedKnown = (name: string) => `Zugestimmt. ${name} hat schon Zugang.`
export const decline = 'Ablehnen'
export const declineReason = 'Begründung'
export const declineHint = 'Wer angefragt hat, sieht die Begründung, aber nicht, wer Sie sind.'
export const declined = 'Abgelehnt.'
export const passOn = 'Weiterleiten'
export const passOnLead =
  'Suchen Sie das Konto, zu dem die Person gehört. Dessen Administratoren prüfen dann die Anfrage.'
export const findAccount = 'Konto nach Namen suchen'
export const find = 'Suchen'
export const passOnTo = (account: string) => `An ${account} weiterleiten`
export const noAccount = (search: string) => `Kein Kontoname beginnt mit „${search}“.`
export const passedOn = (account: string) => `An ${account} weitergeleitet.`
