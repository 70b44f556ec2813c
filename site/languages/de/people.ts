/** Seiten über Personen: die Liste, Profile, Hinzufügen, Bearbeiten, Löschen, Prüfen. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const people = (count: number) => (count === 1 ? '1 Person' : `${number(count)} Personen`)
const number = (count: number) => new Intl.NumberFormat('de-DE').format(count)

// Ein Profil
export const name = 'Name'
export const email = 'E-Mail'
export const newEmail = 'Neue E-Mail'
export const notConfirmed = (email: unknown) => html`${email} (noch nicht bestätigt)`
export const emailHint =
  'An diese Adresse gehen Einladungen. Die Anmeldung kann mit einer anderen Adresse erfolgen.'
export const addressIsKept = (email: Name) =>
  html`Die E-Mail-Adresse eines Administrators, ${email}, können Sie nur mit „Administrator einsetzen“ unter „Vertrag und Lizenzen“ berichtigen. Die Personen des Kontos erfahren es.`
export const jobTitle = 'Funktion'
export const phone = 'Telefon'
export const mailLanguage = 'Sprache der E-Mails'
export const endDate = 'Enddatum'
export const endDateHint =
  'Der letzte Tag mit Zugang, zum Beispiel für eine Aushilfe. Lassen Sie es leer, wenn es kein Enddatum gibt.'
export const noEndDate = 'Keines'
export const roles = 'Rollen'
export const staffPermissions = 'Berechtigungen für andere Konten'
export const readsOnly = 'Kann ansehen, aber nichts ändern'
export const noRoles = 'Keine'
export const state = 'Status'
export const lastSignIn = 'Letzte Anmeldung'
export const never = 'Nie'
export const identity = 'Anmeldung'
export const noIdentity = 'Noch keine verknüpft'
export const linkedIdentity = (who: Name, provider: string, since: string) =>
  html`${who} (${provider}), verknüpft am ${since}`
export const invitation = 'Einladung'
export const invitationOpen = (requested: string, until: string) =>
  `Angefordert am ${requested}; Link gültig bis ${until}`
export const invitationOver = (requested: string, until: string) =>
  `Angefordert am ${requested}; Link abgelaufen am ${until}`
export const invitationState = (state: string, words: string) => `${state}. ${words}`
export const invitationRevoked = (requested: string) =>
  `Angefordert am ${requested}, inzwischen widerrufen`

// Aktionen
export const save = 'Speichern'
export const saveAndSend = 'Speichern und einladen'
export const cancel = 'Abbrechen'
export const close = 'Schließen'
export const stop = 'Anhalten'
export const goOn = 'Weiter'
export const edit = 'Bearbeiten'
export const undo = 'Rückgängig'
export const deletePerson = 'Löschen'
export const sendInvite = 'Einladung senden'
export const revokeInvite = 'Einladung widerrufen'
export const addPerson = 'Person hinzufügen'

// Die Liste
export const ourAccounts = 'Personen'
export const backToList = 'Zurück zu „Personen“'
export const peopleWithAccess = 'Alle Personen'
export const removeAdvice =
  'Entfernen Sie, wer keinen Zugang mehr braucht, etwa nach dem Ausscheiden: Öffnen Sie das Profil und klicken Sie auf „Löschen“.'
export const importPeople = 'Personen importieren'
export const exportPeople = 'Liste exportieren'
export const resendAll = 'Offene Einladungen erneut senden'
export const searchByName = 'Nach Namen suchen'
export const sortAscending = 'von A bis Z sortieren'
export const sortDescending = 'von Z bis A sortieren'
export const loadingPeople = 'Personen werden geladen'
export const found = (count: number) => (count ? `${people(count)} gefunden` : 'Niemand gefunden')
export const countAll = (count: number) => people(count)
export const countPart = (count: number) => `${people(count)} auf dieser Seite`
export const countFromTo = (first: number, last: number) =>
  `Personen ${number(first)} bis ${number(last)}`
export const pages = 'Seiten der Liste'
export const previous = 'Zurück'
export const next = 'Weiter'
export const firstPage = 'Erste Seite'
export const nobodyFound = (search: Name) => html`Kein Name beginnt mit „${search}“.`
export const showAll = 'Alle anzeigen'
export const nobodyYet = 'Es wurde noch niemand hinzugefügt.'
export const firstPerson =
  'Die erste Person wird Administrator, Rechnungskontakt und Lieferkontakt.'

// Nach dem Löschen
export const deletedToast = (who: Name) => html`${who} wurde gelöscht.`
export const restoredToast = (who: Name) => html`${who} steht wieder auf der Liste.`
export const undoTooLate = (who: Name) =>
  html`${who} lässt sich nicht mehr wiederherstellen: Löschen können Sie nur zehn Minuten lang rückgängig machen. Sie können die Person neu hinzufügen.`
export const undoTaken = (who: Name, owner: Name) =>
  html`${who} lässt sich nicht wiederherstellen: Die E-Mail-Adresse gehört inzwischen zu ${owner}.`
export const deletedTitle = (who: string) => `${who} wurde gelöscht`
export const deletedSelf = (account: string) =>
  `Das war Ihr eigenes Profil: Mit Ihrer Anmeldung lässt sich ${account} nicht mehr öffnen.`
export const tookOver = (who: Name) => html`${who} hat die Rollen übernommen.`

// Die Seite des Profils
export const fixAddress = 'Adresse bearbeiten und noch einmal senden'
export const linkedHint =
  'Dieses Profil ist aktiv. Senden Sie nur dann eine Einladung, wenn die Person zu einer anderen Anmeldung wechseln möchte; die bisherige gilt bis dahin.'
export const added = (who: string) =>
  `${who} wurde hinzugefügt. Es wurde noch keine Einladung gesendet: Klicken Sie auf „Einladung senden“, wenn es so weit ist.`
export const addedAndInvited = (who: string, address: string) =>
  `${who} wurde hinzugefügt. Die Einladung an ${address} ist unterwegs.`
export const saved = 'Änderungen gespeichert.'
export const savedAndRevoked = (email: string) =>
  `Änderungen gespeichert. Die frühere Einladung gilt nicht mehr; an ${email} wurde noch nichts gesendet.`
export const savedAndSent = (address: string) =>
  `Änderungen gespeichert. Die Einladung an ${address} ist unterwegs.`
export const inviteSent = (address: string) =>
  `Die Einladung an ${address} ist unterwegs. Ältere Links gelten nicht mehr.`
export const inviteRevoked = 'Einladung widerrufen: Ihr Link gilt nicht mehr.'

// Löschen
export const deleteTitle = (who: Name) => html`${who} löschen?`
export const deleteText = (who: Name, address: Name) =>
  html`${who} (${address}) verliert den Zugang sofort, und eine offene Einladung wird ungültig. Gleich danach können Sie das rückgängig machen.`
export const handOverTitle = 'Übergeben Sie zuerst die Rolle'
export const handOverText = (who: Name, held: string) =>
  html`${who} ist ${held}. Diese Rolle muss immer besetzt sein. Wählen Sie, wer übernimmt; beides geschieht in einem Schritt.`
export const handOverTo = 'Übergeben an'
export const onlyActive =
  'Sonst könnte sich kein Administrator mehr anmelden. Deshalb können nur Personen mit einem aktiven Profil übernehmen.'
export const moreSuccessors = 'Weitere Personen können übernehmen. Suchen Sie nach dem Namen.'
export const findSuccessor = 'Person suchen'
export const noSuccessorFound = (name: string) => `Niemand namens „${name}“ kann übernehmen.`
export const handOverAndDelete = 'Übergeben und löschen'
export const nobodyToTakeOver = (who: Name, held: string) =>
  html`${who} ist ${held}, und sonst kann niemand übernehmen. Fügen Sie jemanden hinzu und löschen Sie dann dieses Profil.`
export const cannotDeleteTitle = (who: Name) => html`Sie können ${who} nicht löschen`
export const appointFirst = (who: Name, link: Name) =>
  html`${who} ist der einzige Administrator des Kontos. ${link} und löschen Sie dann dieses Profil.`
export const appointAnother = 'Setzen Sie zuerst jemand anderen als Administrator ein'
export const withdrawFirst = (who: Name, link: Name) =>
  html`${who} ist Administrator. ${link}; die Personen des Kontos erfahren es. Löschen Sie dann dieses Profil.`
export const takeRoleAway = 'Entziehen Sie zuerst die Rolle'
export const mayNotAppoint = (who: Name, link: Name) =>
  html`${who} ist Administrator. Nur ${link} und die Mitarbeitenden des Anbieters können dieses Profil löschen.`
export const theAdministrators = 'die Administratoren des Kontos'

// Hinzufügen und Bearbeiten
export const editTitle = (who: string) => `${who} bearbeiten`
export const mayNotEdit = 'Sie können dieses Profil ansehen, aber nicht ändern.'
export const backToProfile = 'Zurück zum Profil'
export const administrator = 'Administrator'
export const administratorHint =
  'Kann Personen hinzufügen, ändern und löschen sowie Rollen vergeben.'
export const sendInvitation = 'Einladung per E-Mail senden'
export const sendInvitationHint =
  'Ohne Häkchen können Sie die Einladung später vom Profil aus senden.'
export const emailTaken = 'Diese E-Mail-Adresse wird schon verwendet.'
export const emailTakenBy = (owner: Name) =>
  html`Sie gehört zu ${owner}. Öffnen Sie dieses Profil oder geben Sie eine andere Adresse ein.`
export const mayNotAdd = (account: Name) =>
  html`Nur Administratoren von ${account} können Personen hinzufügen, solange der Servicevertrag gilt.`
export const manyPeople = (link: Name) => html`Viele Personen auf einmal? ${link}, aus einer Datei.`

// Aufgaben in mehreren Schritten
export const retryIn = (seconds: number) =>
  `Das Portal ist ausgelastet. Nächster Versuch in ${seconds === 1 ? '1 Sekunde' : `${seconds} Sekunden`}.`
export const resendTitle = 'Offene Einladungen erneut senden'
export const resendText = (account: string) => html`
  <p>
    Alle auf der Liste von <bdi>${account}</bdi>, die eingeladen sind, aber noch nicht angenommen haben, bekommen
    eine neue Einladung, auch wenn die alte abgelaufen ist. Ältere Links gelten dann nicht mehr.
  </p>
  <p class="hint">
    Übersprungen wird, wer nie eingeladen wurde, wessen Einladung widerrufen wurde, wessen E-Mail unzustellbar war oder
    als Spam gemeldet wurde und wer gesperrt ist.
  </p>
`
export const resendStart = 'Erneut senden'
export const resendProgress = (sent: number) =>
  sent ? `Bisher gesendet: ${number(sent)}` : 'Offene Einladungen werden gesucht'
export const resendOutcome = (sent: number) =>
  sent === 0
    ? 'Niemand hat eine offene Einladung. Es wurde keine E-Mail gesendet.'
    : `${sent === 1 ? 'Eine neue Einladung ist' : `${number(sent)} neue Einladungen sind`} unterwegs.`
export const exportTitle = 'Liste exportieren'
export const exportFile = 'personen.csv'
export const exportProgress = (count: number) =>
  count ? `Bisher ${people(count)}` : 'Die Liste wird geladen'
export const exportOutcome = (count: number, file: string) =>
  `${people(count)} in ${file} gespeichert.`

// Zugang prüfen
export const reviewTitle = 'Zugang prüfen'
export const reviewLead =
  'Diese Personen brauchen vielleicht keinen Zugang mehr. Entfernen Sie, wer keinen braucht; für die anderen können Sie festlegen, wann der Zugang abläuft.'
export const reviewOf = {
  never_linked: 'Nie angemeldet',
  inactive: 'Inaktiv',
  ending_soon: 'Zugang läuft bald ab',
}
export const reviewMeans = {
  never_linked:
    'Seit 30 Tagen oder länger auf der Liste, aber nie angemeldet. Vielleicht stimmt die Adresse nicht, oder die Einladung wurde übersehen.',
  inactive: 'Hat Zugang, war aber seit Monaten nicht angemeldet.',
  ending_soon:
    'Der Zugang läuft in höchstens 30 Tagen ab. Wir erinnern die Person und die Administratoren zwei Wochen vorher.',
}
export const reviewNobody = 'Niemand.'
export const reviewMore = 'Mehr anzeigen'
export const lastDay = 'Letzter Tag'
export const keepUntil = 'Behalten bis'
export const keepUntilTitle = (who: Name) => html`Wie lange soll ${who} Zugang behalten?`
export const keepUntilHint = 'Der letzte Tag mit Zugang. Leer heißt: kein Enddatum.'
export const keptUntil = (who: string, day: string) => `${who} behält den Zugang bis ${day}.`
export const kept = (who: string) => `${who} behält den Zugang ohne Enddatum.`
export const mayNotReview =
  'Den Zugang prüfen können nur Administratoren des Kontos, dessen Partner und der Anbieter.'
