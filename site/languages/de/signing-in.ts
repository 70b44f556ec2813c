/** Anmelden. */
import { html } from 'lit-html'
import type { SignInProblem } from '../../src/api/contract.ts'

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

type Sentence = (provider: string | null) => string

/** Der Anbieter, wenn er bekannt ist, als Subjekt und nach „bei“ oder „von“. */
const nominative = (provider: string | null) => provider ?? 'Ihr Anbieter'
const dative = (provider: string | null) => provider ?? 'Ihrem Anbieter'

/** Wie die letzte Anmeldung ausging und was zu tun ist. Ohne bekannten Anbieter: null. */
export const problems: Record<SignInProblem, { what: Sentence; next: Sentence }> = {
  'sign-in-cancelled': {
    what: () => 'Die Anmeldung wurde abgebrochen.',
    next: () =>
      'Es hat sich nichts geändert. Wählen Sie, wie Sie sich anmelden, und versuchen Sie es noch einmal.',
  },
  'sign-in-expired': {
    what: () => 'Die Anmeldung hat zu lange gedauert.',
    next: () =>
      'Sie muss innerhalb von zehn Minuten abgeschlossen sein. Bitte versuchen Sie es noch einmal.',
  },
  'sign-in-unknown': {
    what: () => 'Diese Anmeldung hat nicht in diesem Browser begonnen.',
    next: () =>
      'Vielleicht hat sie vor langer Zeit begonnen, oder in einem anderen Browser oder einer App. Beginnen Sie hier noch einmal und schließen Sie die Anmeldung in diesem Browser ab. Kommt die Meldung sofort wieder, blockiert dieser Browser Cookies: Erlauben Sie sie für diese Website.',
  },
  'sign-in-not-allowed': {
    what: () => 'Ihre Organisation hat diese Anmeldung nicht freigegeben.',
    next: (provider) =>
      `${nominative(provider)} meldet, dass ein Administrator Ihrer Organisation sie erst freigeben muss. Senden Sie die Nachricht unten an Ihre IT-Abteilung, oder verwenden Sie eine andere Anmeldung.`,
  },
  'provider-unavailable': {
    what: (provider) => `${nominative(provider)} hat gerade eine Störung.`,
    next: () =>
      'Die Antwort blieb aus, oder der Anbieter ist überlastet. Versuchen Sie es in einigen Minuten noch einmal, oder wählen Sie einen anderen Anbieter, wenn Sie Ihr Konto damit öffnen.',
  },
  'provider-misconfigured': {
    what: (provider) => `Die Anmeldung bei ${dative(provider)} ist nicht richtig eingerichtet.`,
    next: () =>
      'Das können Sie nicht beheben, und ein neuer Versuch hilft nicht. Bitte sagen Sie uns Bescheid.',
  },
  'sign-in-refused': {
    what: (provider) => `Wir konnten die Antwort von ${dative(provider)} nicht annehmen.`,
    next: () =>
      'Sie gehörte zu einer anderen Anmeldung oder war zu alt; deshalb wurde niemand angemeldet. Bitte beginnen Sie noch einmal.',
  },
  'same-identity': {
    what: () => 'Sie sind mit derselben Anmeldung zurückgekommen.',
    next: (provider) =>
      `Dieser Browser ist bei ${dative(provider)} noch angemeldet und wurde nicht gefragt, welche Anmeldung Sie verwenden wollen. Melden Sie sich hier und dort ab und wählen Sie dann noch einmal. Oder öffnen Sie das Portal in einem privaten Fenster.`,
  },
  'factors-missing': {
    what: (provider) => `${nominative(provider)} hat nicht mehrere Faktoren bestätigt.`,
    next: (provider) =>
      `Das Konto verlangt eine Anmeldung mit mehreren Faktoren, zum Beispiel Passwort und Code. Richten Sie das bei ${dative(provider)} ein und versuchen Sie es dann noch einmal. Oder verwenden Sie die Anmeldung eines anderen Anbieters, der es bestätigt.`,
  },
  'sign-in-not-fresh': {
    what: (provider) => `${nominative(provider)} hat Sie nicht noch einmal gefragt.`,
    next: () =>
      'Bestätigt wurde eine frühere Anmeldung; für diesen Schritt ist eine neue nötig. Melden Sie sich hier und dort ab und dann wieder an: Ihre Eingaben gehen nicht verloren.',
  },
  'consent-given': {
    what: () => 'Ihre Organisation hat das Portal freigegeben.',
    next: () =>
      'Von nun an können sich ihre Beschäftigten anmelden. Sie selbst sind damit noch nicht angemeldet: Machen Sie unten weiter.',
  },
  'sign-in-failed': {
    what: () => 'Die Anmeldung ist fehlgeschlagen.',
    next: () =>
      'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal. Tritt es wieder auf, sagen Sie uns bitte Bescheid.',
  },
}
export const whatThisMeans = 'Was das bedeutet'
export const tellUs = (mailbox: unknown) => html`Schreiben Sie an ${mailbox}.`
export const tellUsReference = (mailbox: unknown, reference: unknown) =>
  html`Schreiben Sie an ${mailbox} und nennen Sie dieses Zeichen: ${reference}`
export const tellUsIfItLasts = (mailbox: unknown, reference: unknown) =>
  html`Tritt es wieder auf, schreiben Sie an ${mailbox} und nennen Sie dieses Zeichen: ${reference}`
export const signOutHere = 'Zuerst vom Portal abmelden'
export const signOutYourself = (provider: string) =>
  `Hier sind Sie abgemeldet. Melden Sie sich jetzt auf der Seite von ${provider} ab, oder nehmen Sie ein privates Fenster.`
export const signOutThere = (provider: string) =>
  `Bei ${provider} abmelden (öffnet einen neuen Tab)`
export const confirmsFactors = 'Bestätigt mehrere Faktoren'

export const forIt = 'Nachricht an Ihre IT-Abteilung'
export const forItMessage = (
  vendor: string,
  portal: string,
  provider: string | null,
  address: string | null,
) =>
  [
    `Bitte geben Sie die Anmeldung am Portal von ${vendor} (${portal}) mit ${provider ?? 'unseren Benutzerkonten'} frei. Es liest Name und E-Mail-Adresse, sonst nichts.`,
    address && `Als Administrator geben Sie es hier für alle frei: ${address}`,
    'Dürfen es nur bestimmte Personen benutzen, nehmen Sie mich bitte auf.',
  ]
    .filter(Boolean)
    .join('\n')
export const copy = 'Nachricht kopieren'
export const copied = 'Die Nachricht ist kopiert.'
