/** Die eigenen Sitzungen und Anmeldungen. */
import { html } from 'lit-html'
import type { SignInEvent } from '../../src/api/contract.ts'

type Kind = SignInEvent['event']

export const title = 'Meine Sitzungen'
export const lead = (identity: unknown) =>
  `Wo ${identity} im Portal angemeldet ist, in allen Konten.`
export const browser = 'Browser'
export const source = 'Netzadresse'
export const signedInAt = 'Angemeldet'
export const lastUsed = 'Zuletzt benutzt'
export const endsAt = 'Endet'
export const current = 'Diese Sitzung'
export const severalFactors = 'Mehrere Faktoren'
export const provedAt = (time: unknown) => html`Nachgewiesen, wer Sie sind: ${time}`
export const provedUnstated = 'Der Anbieter sagt nicht, wann Sie nachgewiesen haben, wer Sie sind.'
export const kept = 'Bleibt angemeldet'
export const end = 'Beenden'
export const endThis = (browser: string, moment: string) =>
  `Die Sitzung in ${browser} vom ${moment} beenden`
export const endOthers = 'Alle anderen Sitzungen beenden'
export const ended = 'Die Sitzung ist beendet.'
export const othersEnded = 'Alle anderen Sitzungen sind beendet.'
export const endsUnused =
  'Sitzungen ohne „Angemeldet bleiben“ enden nach 12 Stunden ohne Benutzung und beim Schließen des Browsers.'
export const unknownSession =
  'Sie erkennen eine Sitzung nicht wieder? Beenden Sie sie. Ändern Sie dann das Kennwort bei dem Anbieter, mit dem Sie sich anmelden: Das Portal hat kein Kennwort von Ihnen.'

export const events = 'Letzte Anmeldungen'
export const eventsLead = 'Aus den letzten 90 Tagen. Nur Sie können sie sehen.'
export const more = 'Frühere anzeigen'
export const when = 'Wann'
export const what = 'Was geschah'

export const eventText = (event: Kind): string => {
  switch (event.type) {
    case 'signed-in':
      return event.kept ? 'Angemeldet, und bleibt angemeldet' : 'Angemeldet'
    case 'signed-out':
      return 'Abgemeldet'
    case 'sign-in-refused':
      return event.reason === 'expired'
        ? 'Anmeldung abgelehnt: Die Antwort des Anbieters war zu alt'
        : 'Anmeldung abgelehnt: Die Antwort des Anbieters gehörte zu einer anderen Anmeldung'
    case 'sessions-ended':
      return `${event.sessions === 1 ? '1 Sitzung' : `${event.sessions} Sitzungen`} beendet: ${reasons[event.reason]}`
    default:
      event satisfies never
      return 'Etwas, das eine neuere Fassung dieser Seite erklären kann'
  }
}

const reasons: Record<Extract<Kind, { type: 'sessions-ended' }>['reason'], string> = {
  owner: 'von Ihnen, auf dieser Seite',
  'too-many': 'Es waren mehr als 50',
  'identity-switched': 'Ein Profil verwendet jetzt eine andere Anmeldung',
  'link-disputed': 'Jemand hat „Das war ich nicht“ gemeldet',
  'provider-sign-out': 'beim Anbieter abgemeldet',
}

export const browserOn = (browser: string, system: string) => `${browser} auf ${system}`
export const unknownBrowser = 'Unbekannter Browser'
