/** Erklärt jedes Problem und den nächsten Schritt. */
import { html } from 'lit-html'
import type { ServerProblems } from '../../src/api/contract.ts'
import type { Kind } from '../../src/api/problem.ts'

export const explanations: Record<Kind, { title: string; text: string }> = {
  malformed: {
    title: 'Wir konnten die Anfrage nicht verstehen',
    text: 'Die Adresse oder das Gesendete ist unvollständig. Gehen Sie zurück und folgen Sie dem Link oder füllen Sie das Formular noch einmal aus.',
  },
  'too-large': {
    title: 'Das ist zu lang',
    text: 'Kürzen Sie Ihre Eingabe und versuchen Sie es dann noch einmal.',
  },
  invalid: {
    title: 'Bitte prüfen Sie Ihre Eingaben',
    text: 'Etwas fehlt oder hat nicht das richtige Format.',
  },
  'not-signed-in': {
    title: 'Bitte melden Sie sich an',
    text: 'Um diese Seite zu sehen, müssen Sie angemeldet sein.',
  },
  'step-up-required': {
    title: 'Bitte bestätigen Sie, dass Sie es sind',
    text: 'Melden Sie sich dafür noch einmal an; geändert wurde nichts.',
  },
  'wrong-address': {
    title: 'Nehmen Sie die Adresse des Portals',
    text: 'Dies ist die Adresse eines Teils hinter dem Portal, der niemandem antwortet. Öffnen Sie das Portal unter seiner eigenen Adresse.',
  },
  'cross-site': {
    title: 'Die Anfrage kam nicht von dieser Website',
    text: 'Öffnen Sie das Portal in einem eigenen Tab und versuchen Sie es von dort noch einmal.',
  },
  forbidden: {
    title: 'Dazu haben Sie keine Berechtigung',
    text: 'Gehören Sie zur Organisation dieses Kontos, fragen Sie einen seiner Administratoren. Betreuen Sie das Konto für sie, entscheiden dessen Administratoren, was Sie dürfen.',
  },
  'appointment-required': {
    title: 'Das geht nur durch Einsetzen',
    text: 'In diesem Konto hat sich schon jemand angemeldet. Seine Administratoren oder die E-Mail-Adresse eines Administrators ändern Sie mit „Administrator einsetzen“ unter „Vertrag und Lizenzen“. Die Personen des Kontos bekommen eine E-Mail.',
  },
  'access-ended': {
    title: 'Ihr Zugang ist beendet',
    text: 'Das Enddatum Ihres Profils ist vorbei. Ein Administrator des Kontos kann ein späteres setzen.',
  },
  'plan-lapsed': {
    title: 'Der Servicevertrag ist abgelaufen',
    text: 'Für das Portal brauchen Sie einen aktuellen Servicevertrag.',
  },
  'not-found': {
    title: 'Diese Seite ist für Sie nicht verfügbar',
    text: 'Vielleicht wurde sie gelöscht, oder Ihre Anmeldung hat keinen Zugang zu diesem Konto.',
  },
  'duplicate-email': {
    title: 'Diese E-Mail-Adresse wird schon verwendet',
    text: 'Ein anderes Profil dieses Kontos hat dieselbe E-Mail-Adresse.',
  },
  'account-exists': {
    title: 'Dieses Konto gibt es schon',
    text: 'Suchen Sie es in der Liste der Konten.',
  },
  'too-many-waiting': {
    title: 'Zu viele Kunden warten auf Bestätigung',
    text: 'Mitarbeitende des Anbieters müssen erst Ihre neuesten Kunden bestätigen. Warten Sie auf die Entscheidung, oder ziehen Sie einen der wartenden zurück.',
  },
  'role-required': {
    title: 'Geben Sie die Rolle zuerst jemand anderem',
    text: 'Jedes Konto hat einen Rechnungskontakt, einen Lieferkontakt und mindestens einen Administrator.',
  },
  changed: {
    title: 'Das hat gerade jemand anderes geändert',
    text: 'Laden Sie die Seite neu, um den neuesten Stand zu sehen, und machen Sie Ihre Änderung dann noch einmal.',
  },
  'link-expired': {
    title: 'Der Link ist abgelaufen',
    text: 'Einladungen gelten nur eine bestimmte Zeit. Einen neuen Link haben Sie in einer Minute.',
  },
  'link-superseded': {
    title: 'Es gibt einen neueren Link',
    text: 'Die Einladung wurde noch einmal gesendet, deshalb gilt dieser Link nicht mehr. Folgen Sie dem Link in der neuesten E-Mail oder fordern Sie einen neuen an.',
  },
  'link-revoked': {
    title: 'Diese Einladung wurde widerrufen',
    text: 'Ein Administrator des Kontos hat sie zurückgezogen. Wenn Sie Zugang brauchen, bitten Sie dort um eine neue Einladung.',
  },
  'link-deleted': {
    title: 'Das Profil lässt sich nicht mehr verknüpfen',
    text: 'Das Profil zu diesem Link wurde gelöscht oder gesperrt, oder sein Enddatum ist vorbei. Wenn Sie Zugang brauchen, wenden Sie sich an einen Administrator des Kontos.',
  },
  'link-used': {
    title: 'Dieser Link wurde schon benutzt',
    text: 'Mit ihm wurde das Profil mit einer anderen Anmeldung verknüpft. Waren Sie das, verwenden Sie diese Anmeldung. Möchten Sie wechseln, fordern Sie einen neuen Link an.',
  },
  'link-wrong-identity': {
    title: 'Diese Anmeldung können Sie hier nicht verwenden',
    text: 'Sie ist schon mit einem anderen Profil desselben Kontos verknüpft. Melden Sie sich mit der an, die Sie für dieses Profil verwenden möchten.',
  },
  'linking-limited': {
    title: 'Dieses Konto nimmt Ihre Anmeldung nicht an',
    text: 'Seine Administratoren haben festgelegt, welche Anmeldungen dafür gelten. Mit einer anderen können Sie den Link weiterhin benutzen.',
  },
  'not-satisfied-yourself': {
    title: 'Ihre eigene Anmeldung würde abgelehnt',
    text: 'Die Anmeldung, die Sie gerade verwenden, liegt außerhalb der Grenze, die Sie setzen möchten. Nehmen Sie ihre Domain oder ihren Aussteller in die Liste auf, oder wechseln Sie zuerst zu einer Anmeldung innerhalb der Grenze.',
  },
  'dispute-expired': {
    title: 'Diese Mitteilung gilt nicht mehr',
    text: 'Sie ist zu alt, oder das Profil hat sich seitdem geändert: Jemand hat schon „Das war ich nicht“ gemeldet, oder eine andere Anmeldung ist verknüpft. Ein Administrator des Kontos kann das Profil weiterhin löschen.',
  },
  'too-many-requests': {
    title: 'Zu viele Versuche',
    text: 'Zum Schutz aller begrenzen wir die Zahl der Versuche. Warten Sie ein wenig und versuchen Sie es dann noch einmal.',
  },
  'too-many-cookies': {
    title: 'Ihr Browser sendet zu viele Cookies',
    text: 'Andere Websites dieser Domain haben so viele Cookies in Ihrem Browser gespeichert, dass das Portal die Anfrage nicht annehmen kann. Löschen Sie in den Einstellungen des Browsers die Cookies dieser Domain oder öffnen Sie ein privates Fenster, und melden Sie sich dann wieder an.',
  },
  unavailable: {
    title: 'Das Portal ist gerade überlastet',
    text: 'Bitte versuchen Sie es gleich noch einmal. Nichts geschieht doppelt.',
  },
  internal: {
    title: 'Bei uns ist etwas schiefgegangen',
    text: 'Wir haben den Fehler aufgezeichnet. Bitte versuchen Sie es noch einmal; tritt er wieder auf, schreiben Sie an die Adresse unten auf dieser Seite.',
  },
  offline: {
    title: 'Das Portal ist nicht erreichbar',
    text: 'Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann noch einmal.',
  },
  timeout: {
    title: 'Die Antwort hat zu lange gedauert',
    text: 'Vielleicht wurde Ihre Änderung gespeichert, vielleicht nicht. Laden Sie die Seite neu, um nachzusehen, und versuchen Sie es wenn nötig noch einmal.',
  },
  'page-error': {
    title: 'Auf dieser Seite ist etwas schiefgegangen',
    text: 'Bitte laden Sie sie neu. Tritt der Fehler wieder auf, schreiben Sie an die Adresse unten auf dieser Seite.',
  },
  unreadable: {
    title: 'Wir konnten die Antwort nicht lesen',
    text: 'Etwas zwischen Ihnen und dem Portal hat sie vielleicht verändert, etwa ein WLAN, das eine Anmeldung verlangt. Bitte versuchen Sie es noch einmal.',
  },
  'other-identity': {
    title: 'Jetzt ist jemand anders angemeldet',
    text: 'In einem anderen Tab dieses Browsers wird jetzt eine andere Anmeldung verwendet, und alles, was Sie hier tun, geschieht als diese Person. Laden Sie die Seite neu, um weiterzumachen, oder melden Sie sich ab und wieder an.',
  },
  'back-as-other': {
    title: 'Sie sind mit einer anderen Anmeldung zurückgekommen',
    text: 'Sie haben diese Seite verlassen, um zu bestätigen, dass Sie es sind, sich aber als jemand anderes angemeldet. Ihre Eingaben sind nicht mehr da, und gesendet wurde nichts. Alles, was Sie hier tun, geschieht als die Person, die oben auf der Seite steht.',
  },
}

/** Titel für einen Vertrag, der noch nicht begonnen hat. */
export const notBegun = 'Der Servicevertrag hat noch nicht begonnen'

/** Warum noch eine Anmeldung nötig ist. */
export const needsFresh =
  'Wer Rechte gibt oder nimmt oder Daten aus dem Portal mitnimmt, braucht eine Anmeldung aus den letzten 15 Minuten, damit das niemand an einem Computer tun kann, den Sie offen gelassen haben.'
export const needsFactors =
  'Das Konto verlangt eine Anmeldung mit mehreren Faktoren, zum Beispiel Passwort und Code.'

/** Welche Anmeldungen ein Konto annimmt. */
export const acceptedInstead = (signIns: string) => `Angenommen werden ${signIns}.`

/** Was jemand anderes an einem Profil geändert hat. */
export const parts: Record<ServerProblems['Changed']['changed'][number], string> = {
  name: 'der Name',
  email: 'die E-Mail-Adresse',
  title: 'die Funktion',
  phone: 'die Telefonnummer',
  language: 'die Sprache',
  ends_on: 'das Enddatum',
  invitation: 'die Einladung',
}
export const changedParts = (parts: string) => `Geändert: ${parts}.`

export const lastDay = (date: string) => `Ihr letzter Tag war der ${date}.`
export const worksAgain = (time: string) => `Versuchen Sie es in ${time} wieder.`
export const seconds = (count: number) => (count === 1 ? '1 Sekunde' : `${count} Sekunden`)
export const minutes = (count: number) => (count === 1 ? '1 Minute' : `${count} Minuten`)
export const nobodyCanSignIn =
  'Kein anderer Administrator könnte sich anmelden. Wählen Sie jemanden mit einem aktiven Profil.'
export const nobodyLeft = (roles: string) => `Es gäbe keinen ${roles} mehr.`

export const signInTitle = 'Bitte melden Sie sich an'
export const signInText =
  'Um diese Seite zu sehen, müssen Sie angemeldet sein. Danach kommen Sie hierher zurück.'
export const signIn = 'Anmelden und weiter'
export const signInNewTab = 'In einem neuen Tab anmelden'
export const signInThenReturn =
  'Kommen Sie dann hierher zurück und versuchen Sie es noch einmal: Ihre Eingaben sind noch da.'

export const signInAgain = 'Noch einmal anmelden'
export const tryAgain = 'Noch einmal versuchen'
export const reload = 'Neu laden'
export const chooseAccount = 'Anderes Konto wählen'
export const whoToContact = 'Ansprechpartner'
export const meaning = 'Was das bedeutet'
export const stuck = (mailbox: unknown) =>
  html`Sie kommen nicht weiter? Schreiben Sie an ${mailbox}.`
