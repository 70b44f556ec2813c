/** Um Zugang bitten, was daraus geworden ist, und darüber entscheiden. */
import { html } from 'lit-html'
import type { AccessRequest, AccessState } from '../../src/api/contract.ts'

export const title = 'Um Zugang bitten'
export const lead =
  'Wissen Sie niemanden, der Sie hinzufügen könnte? Dann fragen Sie hier. Ihre Anfrage geht an die, die Ihre Organisation im Portal betreuen. Stimmen sie zu, kommt eine Einladung an die Adresse, die Sie angeben.'
export const firstAsk = (link: unknown) =>
  html`Hat jemand Sie schon hinzugefügt? Dann brauchen Sie nicht zu fragen: ${link}.`
export const linkMyProfile = 'Mein Profil verknüpfen'
export const signedInAs = (who: unknown) =>
  html`Sie sind angemeldet als ${who}. Das sehen die, die entscheiden.`
export const anotherIdentity = 'Eine andere Identität verwenden'
export const organisation = 'Organisation'
export const organisationHint = 'Ihr Name wie auf Rechnungen oder ihre Kundennummer.'
export const name = 'Ihr Name'
export const email = 'Ihre dienstliche E-Mail-Adresse'
export const emailHint =
  'Hierhin käme die Einladung. Eine Adresse Ihrer Organisation erkennt man leichter.'
export const jobTitle = 'Berufsbezeichnung'
export const phone = 'Telefon'
export const message = 'Nachricht'
export const messageHint =
  'Für die, die entscheiden: wer Sie dort kennt oder was Sie brauchen. Ohne Links.'
export const send = 'Um Zugang bitten'
export const afterwards =
  'Entscheidet niemand, wird Ihre Anfrage weitergegeben. Wer entscheidet, erfahren Sie nicht, aber was daraus geworden ist, sehen Sie hier.'

export const thankYou = 'Vielen Dank'
export const asked =
  'Ihre Anfrage ist unterwegs. Stimmt jemand zu, kommt eine Einladung an die angegebene Adresse. Sehen Sie auch im Ordner für unerwünschte Post nach.'
export const askedNext =
  'Das kann einige Arbeitstage dauern. Auf dieser Seite sehen Sie, was daraus geworden ist.'
export const seeRequests = 'Meine Anfragen ansehen'
export const otherwise = (partner: string, mailbox: unknown) =>
  html`Eilt es? Fragen Sie Ihren ${partner} oder schreiben Sie an ${mailbox}.`

export const myRequests = 'Meine Anfragen'
export const noRequests = 'Sie haben noch nicht um Zugang gebeten.'
export const askedOn = (when: string) => `Gefragt am ${when}`
export const invitationTo = 'Einladung an'
export const reason = 'Begründung'
export const withdraw = 'Zurückziehen'
export const withdrawFor = (organisation: string) => `Die Anfrage für ${organisation} zurückziehen`
export const withdrawn = 'Ihre Anfrage ist zurückgezogen.'
export const states: Record<AccessState, { label: string; meaning: string }> = {
  open: { label: 'Offen', meaning: 'Es hat noch niemand entschieden.' },
  approved: {
    label: 'Zugestimmt',
    meaning:
      'Eine Einladung ist unterwegs an die angegebene Adresse, wenn Sie nicht schon Zugang haben. Öffnen Sie sie und folgen Sie ihrem Link.',
  },
  declined: { label: 'Abgelehnt', meaning: 'Jemand hat abgelehnt.' },
  withdrawn: { label: 'Zurückgezogen', meaning: 'Sie haben sie zurückgezogen.' },
  expired: {
    label: 'Abgelaufen',
    meaning:
      'Es hat niemand rechtzeitig entschieden. Fragen Sie noch einmal oder schreiben Sie an die Adresse unten.',
  },
}

export const requests = 'Zugangsanfragen'
export const requestsLead = (account: string) =>
  `Personen, die um Zugang zu ${account} bitten. Stimmen Sie nur bei Personen zu, die Sie kennen.`
export const unmatchedLead =
  'Anfragen, deren Name oder Nummer zu keinem einzelnen Konto passt. Geben Sie jede an das Konto weiter, für das sie ist, oder lehnen Sie sie ab.'
export const requestsCaption = 'Zugangsanfragen, die offenen zuerst'
export const noneHere = 'Niemand hat um Zugang gebeten.'
export const whoAsks = 'Wer fragt'
export const state = 'Stand'
export const on = 'Gefragt am'
export const allRequests = 'Alle Anfragen'
export const waiting = (n: number, more: boolean) =>
  n === 1 && !more
    ? '1 Person bittet um Zugang'
    : `${more ? 'Mehr als ' : ''}${n} Personen bitten um Zugang`
export const lookAtThem = 'Entscheiden'

export const asks = (name: string) => `${name} bittet um Zugang`
export const stages: Record<NonNullable<AccessRequest['stage']>, string> = {
  administrators: 'Gefragt sind die Administratoren.',
  partner: 'Gefragt sind die Administratoren und der Partner.',
  staff: 'Gefragt ist das Personal.',
}
export const nextOn = (day: string) => `Entscheidet niemand, werden am ${day} die Nächsten gefragt.`
export const expiresOn = (day: string) => `Entscheidet niemand, läuft sie am ${day} ab.`
export const typedOrganisation = 'Organisation, wie eingegeben'
export const identity = 'Angemeldet als'
export const identityHint =
  'Das sagt der Anbieter. Es ist ein Hinweis; wer hineinkommt, entscheidet der Link der Einladung.'
export const decidedBy = 'Entschieden von'
export const yourAddress = 'E-Mail, wie eingegeben'
export const saidMessage = 'Nachricht der anfragenden Person'

export const checks = 'Bevor Sie entscheiden'
export const domainKnown = (domain: string) =>
  `Auch Personen mit einer Rolle haben Adressen bei ${domain}.`
export const domainUnknown = (domain: string) =>
  `Niemand mit einer Rolle hat hier eine Adresse bei ${domain}. Vergewissern Sie sich, dass sie jemandem gehört, den Sie kennen.`
export const resembles = (domain: string, known: string) =>
  `${domain} sieht aus wie ${known}, ist aber eine andere Domain. Das kann ein Tippfehler sein, oder jemand möchte für eine Kollegin oder einen Kollegen gehalten werden.`
export const holder = (name: string, state: string) =>
  `${name} steht mit dieser Adresse schon auf Ihrer Liste (${state}). Mit Ihrer Zustimmung geht eine neue Einladung hinaus.`
export const holderLinked = (name: string) =>
  `Diese Identität ist schon mit ${name} verknüpft. Ihre Zustimmung ändert nichts.`
export const takesRoles = (roles: string) =>
  `Das wäre die erste Person des Kontos, und sie würde ${roles}.`
export const unproved =
  'Dass die anfragende Person unter dieser Adresse Post liest, ist nicht erwiesen. Die Einladung geht dorthin, und nur wer sie liest, kommt hinein.'

export const approve = 'Zustimmen und einladen'
export const approved = (name: string) => `Zugestimmt. Eine Einladung an ${name} ist unterwegs.`
export const approvedKnown = (name: string) => `Zugestimmt. ${name} hat schon Zugang.`
export const decline = 'Ablehnen'
export const declineReason = 'Begründung'
export const declineHint =
  'Sie wird der anfragenden Person gezeigt. Wer Sie sind, erfährt sie nicht.'
export const declined = 'Abgelehnt.'
export const passOn = 'Weitergeben'
export const passOnLead =
  'Suchen Sie das Konto, zu dem die Person gehört. Dann werden dessen Administratoren gefragt.'
export const findAccount = 'Name des Kontos beginnt mit'
export const find = 'Suchen'
export const passOnTo = (account: string) => `An ${account} weitergeben`
export const noAccount = (search: string) => `Kein Konto heißt „${search}…“.`
export const passedOn = (account: string) => `An ${account} weitergegeben.`
