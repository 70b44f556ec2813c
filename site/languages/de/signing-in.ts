/** Anmelden. */
import { html } from 'lit-html'

export const ways = 'Wege zur Anmeldung'
export const chooseAnother = 'Wählen Sie die Identität, die Sie verwenden wollen.'
export const useYours = 'Verwenden Sie eine Identität, die Sie schon haben.'
export const continueWith = (provider: string) => `Weiter mit ${provider}`
export const keep = 'Angemeldet bleiben'
export const keepHint =
  'Für 30 Tage, in diesem Browser. Nur am eigenen Computer: Wer ihn nach Ihnen benutzt, wäre als Sie angemeldet.'
export const noProvider = (mailbox: unknown) =>
  html`Es ist noch kein Weg zur Anmeldung eingerichtet. Schreiben Sie an ${mailbox}.`
export const signedInAs = (who: unknown) => html`Sie sind angemeldet als ${who}.`
export const goOnAs = (name: string) => `Weiter als ${name}`

export const noAccess = 'Noch kein Zugang?'
export const noAccessText =
  'Zum Anmelden müssen Sie sich hier nicht registrieren: Verwenden Sie eine Identität, die Sie schon haben, zum Beispiel die, mit der Sie arbeiten. Was Sie dann sehen, hängt von den Konten ab, zu denen Sie hinzugefügt wurden.'
export const howToGetAccess = 'So bekommen Sie Zugang'
export const switching = 'Mehrere Identitäten?'
export const switchingText =
  'Melden Sie sich mit der an, die über Ihre Einladung verknüpft wurde. Mit einer anderen würden Sie Ihre Konten nicht sehen.'

/** Warum der letzte Versuch, sich anzumelden, hier endete. */
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
    next: 'Sie muss innerhalb von zehn Minuten und im selben Browser abgeschlossen werden. Bitte versuchen Sie es noch einmal.',
  },
  'sign-in-failed': {
    what: 'Die Anmeldung hat nicht geklappt.',
    next: 'Bitte versuchen Sie es noch einmal oder wählen Sie einen anderen Weg. Bleibt es dabei, sind in diesem Browser vielleicht Cookies gesperrt.',
  },
}
export const whatThisMeans = 'Was das bedeutet'
