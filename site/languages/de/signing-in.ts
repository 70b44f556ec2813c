/** Anmelden. */
import { html } from 'lit-html'

export const ways = 'Wege zur Anmeldung'
export const chooseAnother = 'Wählen Sie die Anmeldung, die Sie verwenden möchten.'
export const useYours =
  'Melden Sie sich mit Ihrem vorhandenen beruflichen Zugang an (Microsoft, Google …).'
export const continueWith = (provider: string) => `Weiter mit ${provider}`
export const keep = 'Angemeldet bleiben'
export const keepHint = (days: number) =>
  `Für ${days === 1 ? 'einen Tag' : `${days} Tage`}, in diesem Browser. Nur am eigenen Computer: Wer ihn nach Ihnen benutzt, wäre als Sie angemeldet.`
export const noProvider = (mailbox: unknown) =>
  html`Die Anmeldung ist noch nicht eingerichtet. Schreiben Sie an ${mailbox}.`
export const signedInAs = (who: unknown) => html`Sie sind angemeldet als ${who}.`
export const continueAs = (name: string) => `Weiter als ${name}`

export const noAccess = 'Noch kein Zugang?'
export const noAccessText =
  'Sie müssen sich hier nicht registrieren: Melden Sie sich mit Ihrem vorhandenen beruflichen Zugang an. Was Sie sehen, hängt von den Konten ab, zu denen Sie hinzugefügt wurden.'
export const howToGetAccess = 'So bekommen Sie Zugang'
export const switching = 'Mehrere Anmeldungen?'
export const switchingText =
  'Verwenden Sie die, mit der Sie Ihre Einladung angenommen haben. Mit einer anderen würden Sie Ihre Konten nicht sehen.'

/** Warum die letzte Anmeldung fehlgeschlagen ist. */
export const problems: Record<
  'sign-in-cancelled' | 'sign-in-expired' | 'sign-in-failed',
  { what: string; next: string }
> = {
  'sign-in-cancelled': {
    what: 'Die Anmeldung wurde abgebrochen.',
    next: 'Es hat sich nichts geändert. Wählen Sie, wie Sie sich anmelden, und versuchen Sie es noch einmal.',
  },
  'sign-in-expired': {
    what: 'Die Anmeldung hat zu lange gedauert.',
    next: 'Schließen Sie sie innerhalb von zehn Minuten und im selben Browser ab. Bitte versuchen Sie es noch einmal.',
  },
  'sign-in-failed': {
    what: 'Die Anmeldung ist fehlgeschlagen.',
    next: 'Bitte versuchen Sie es noch einmal oder wählen Sie einen anderen Weg. Tritt das wieder auf, sind in diesem Browser vielleicht Cookies gesperrt.',
  },
}
export const whatThisMeans = 'Was das bedeutet'
