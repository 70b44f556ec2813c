/** Was jede Meldung für die Person davor bedeutet, und wie es weitergeht. */
import { html } from 'lit-html'
import type { Kind } from '../../src/api/problem.ts'

export const explanations: Record<Kind, { title: string; text: string }> = {
  malformed: {
    title: 'Die Anfrage wurde nicht verstanden',
    text: 'Die Adresse oder das Gesendete ist nicht vollständig. Gehen Sie zurück und folgen Sie dem Link oder füllen Sie das Formular noch einmal aus.',
  },
  'too-large': {
    title: 'Das ist zu viel auf einmal',
    text: 'Kürzen Sie Ihre Eingabe und versuchen Sie es dann noch einmal.',
  },
  invalid: {
    title: 'Bitte prüfen Sie Ihre Eingaben',
    text: 'Etwas fehlt oder hat nicht die richtige Form.',
  },
  'not-signed-in': {
    title: 'Bitte melden Sie sich an',
    text: 'Diese Seite ist für angemeldete Personen.',
  },
  'cross-site': {
    title: 'Die Anfrage kam nicht von dieser Website',
    text: 'Öffnen Sie das Portal in einem eigenen Tab und versuchen Sie es von dort noch einmal.',
  },
  forbidden: {
    title: 'Dazu fehlt Ihnen das Recht',
    text: 'Gehören Sie zur Organisation dieses Kontos, fragen Sie einen seiner Administratoren. Betreuen Sie das Konto nur, bestimmen seine Administratoren, wie viel Sie dürfen.',
  },
  'access-ended': {
    title: 'Ihr Zugang ist beendet',
    text: 'Das Enddatum Ihres Profils ist vorbei. Ein Administrator des Kontos kann ein späteres setzen.',
  },
  'plan-lapsed': {
    title: 'Der Servicevertrag ist abgelaufen',
    text: 'Der Zugang zum Portal gehört zu einem aktuellen Servicevertrag.',
  },
  'not-found': {
    title: 'Hier gibt es nichts für Sie',
    text: 'Vielleicht wurde es gelöscht, oder Ihre Identität ist nicht mit diesem Konto verknüpft.',
  },
  'duplicate-email': {
    title: 'Diese E-Mail-Adresse ist vergeben',
    text: 'Ein anderes Profil dieses Kontos hat dieselbe E-Mail-Adresse.',
  },
  'account-exists': {
    title: 'Das Konto gibt es schon',
    text: 'Suchen Sie es in der Liste der Konten.',
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
    text: 'Einladungen gelten nur eine bestimmte Zeit, und die ist um. Verloren ist nichts: Ein neuer Link dauert eine Minute.',
  },
  'link-superseded': {
    title: 'Es gibt einen neueren Link',
    text: 'Die Einladung wurde noch einmal verschickt, und dieser Link gilt seitdem nicht mehr. Folgen Sie dem Link in der neuesten E-Mail oder fordern Sie einen neuen an.',
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
    text: 'Mit ihm wurde bereits eine andere Identität mit dem Profil verknüpft. Waren Sie das, melden Sie sich mit jener Identität an. Wollen Sie zu einer anderen wechseln, fordern Sie einen neuen Link an.',
  },
  'link-wrong-identity': {
    title: 'Diese Identität lässt sich hier nicht verknüpfen',
    text: 'Die Identität, mit der Sie angemeldet sind, ist schon mit einem anderen Profil desselben Kontos verknüpft. Melden Sie sich mit der Identität an, die Sie für dieses Profil verwenden wollen.',
  },
  'dispute-expired': {
    title: 'Diese Benachrichtigung ist nicht mehr aktuell',
    text: 'Ihre Zeit ist um, oder das Profil hat sich seitdem geändert: Jemand hat schon „Das war ich nicht“ gesagt, oder eine andere Identität ist verknüpft. Ein Administrator des Kontos kann das Profil weiterhin löschen.',
  },
  'too-many-requests': {
    title: 'Das war viel auf einmal',
    text: 'Zum Schutz aller ist die Zahl der Versuche begrenzt. Warten Sie ein wenig und versuchen Sie es dann noch einmal.',
  },
  unavailable: {
    title: 'Das Portal ist gerade überlastet',
    text: 'Bitte versuchen Sie es gleich noch einmal: Nichts geschieht doppelt.',
  },
  internal: {
    title: 'Bei uns ist etwas schiefgegangen',
    text: 'Der Fehler wurde festgehalten. Bitte versuchen Sie es noch einmal; bleibt er, schreiben Sie an die Adresse am Fuß dieser Seite.',
  },
  offline: {
    title: 'Das Portal ist nicht erreichbar',
    text: 'Prüfen Sie Ihre Netzverbindung und versuchen Sie es dann noch einmal.',
  },
  timeout: {
    title: 'Die Antwort hat zu lange gedauert',
    text: 'Vielleicht ist es geschehen, vielleicht nicht. Laden Sie die Seite neu, um nachzusehen, und versuchen Sie es wenn nötig noch einmal.',
  },
  fault: {
    title: 'Auf dieser Seite ist etwas schiefgegangen',
    text: 'Bitte laden Sie sie neu. Bleibt der Fehler, schreiben Sie an die Adresse am Fuß dieser Seite.',
  },
  unreadable: {
    title: 'Die Antwort wurde nicht verstanden',
    text: 'Etwas zwischen Ihnen und dem Portal hat sie vielleicht verändert, etwa ein Netz, das eine Anmeldung verlangt. Bitte versuchen Sie es noch einmal.',
  },
  'other-identity': {
    title: 'Jetzt ist jemand anders angemeldet',
    text: 'In einem anderen Tab dieses Browsers hat sich eine andere Identität angemeldet. Was Sie hier von nun an tun, geschieht in deren Namen. Laden Sie die Seite neu, um damit weiterzumachen, oder melden Sie sich ab und wieder an.',
  },
}

/** Ein Vertrag, dessen erster Tag noch bevorsteht. */
export const notBegun = 'Der Servicevertrag hat noch nicht begonnen'

export const lastDay = (date: string) => `Ihr letzter Tag war der ${date}.`
export const worksAgain = (time: string) => `In ${time} sollte es wieder gehen.`
export const seconds = (count: number) => (count === 1 ? '1 Sekunde' : `${count} Sekunden`)
export const minutes = (count: number) => (count === 1 ? '1 Minute' : `${count} Minuten`)
export const nobodyLeft = (roles: string) => `Niemand wäre mehr ${roles}.`

export const signInTitle = 'Bitte melden Sie sich an'
export const signInText =
  'Diese Seite ist für angemeldete Personen. Danach kommen Sie hierher zurück.'
export const signIn = 'Anmelden und weiter'
export const signInNewTab = 'In einem neuen Tab anmelden'
export const signInThenReturn =
  'Kommen Sie dann hierher zurück und versuchen Sie es noch einmal: Ihre Eingaben sind noch da.'

export const tryAgain = 'Noch einmal versuchen'
export const reload = 'Neu laden'
export const chooseAccount = 'Anderes Konto wählen'
export const whomToAsk = 'Wen Sie fragen können'
export const meaning = 'Was das bedeutet'
export const stuck = (mailbox: unknown) =>
  html`Sie kommen nicht weiter? Schreiben Sie an ${mailbox}.`
