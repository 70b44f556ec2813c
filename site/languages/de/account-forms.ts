/**
 * Formulare zu Konten: Anlegen und Bearbeiten, Berechtigungen des Partners, Administratoren
 * einsetzen.
 */

export const newTitle = 'Neues Konto'
export const newLead = (account: string) => `${account} betreut das neue Konto.`
export const mayNotCreate = 'Sie haben keine Berechtigung, hier Konten anzulegen.'
export const editTitle = 'Konto bearbeiten'
export const editAccount = 'Konto bearbeiten'
export const mayNotEdit = 'Nur Mitarbeitende des Anbieters können dieses Konto ändern.'
export const backToAccount = 'Zurück zum Konto'
export const backToCustomers = 'Zurück zu den Kunden'

export const about = 'Konto'
export const kind = 'Art'
export const name = 'Name'
export const number = 'Kundennummer'
export const numberHint = 'Ihre eigene Nummer; sie muss eindeutig sein.'
export const timeZone = 'Zeitzone'
export const timeZoneHint =
  'Zum Beispiel Europe/Berlin. Sie gilt für die Vertragsdaten und die Enddaten der Personen.'

export const contact = 'Kontaktangaben'
export const contactHint = (partner: string) =>
  `Kunden sehen diese Kontaktangaben ihres ${partner}s.`
export const email = 'E-Mail'
export const phone = 'Telefon'
export const website = 'Website'

export const servicePlan = 'Servicevertrag'
export const plan = 'Vertrag'
export const planHint = 'Zum Beispiel Support.'
export const firstDay = 'Erster Tag'
export const lastDay = 'Letzter Tag'
export const renew = 'Um ein Jahr verlängern'
export const renewHint =
  'Verlängert einen laufenden Vertrag um ein Jahr; ein abgelaufener beginnt heute neu. Gespeichert wird erst mit „Speichern“. Danach haben alle sofort wieder Zugang, und neue Einladungen sind nicht nötig.'

export const partnerSection = (partner: string) => `Der ${partner}`
export const partnerName = (partner: string) => `${partner} nach Namen suchen`
export const noPartnerChosen = (partner: string) => `Kein ${partner}`
export const partnerHint = (partner: string) =>
  `Ein neuer ${partner} hat zunächst vollen Zugriff. Die Administratoren erfahren das per E-Mail und können ihn einschränken.`
export const search = 'Suchen'
export const nobodyNamed = (name: string) => `Kein Name beginnt mit „${name}“.`

export const licences = 'Lizenzen'
export const product = 'Produkt'
export const quantity = 'Anzahl'
export const quantityHint = 'Lassen Sie die Anzahl leer, wenn das Produkt nicht gezählt wird.'
export const addProduct = 'Produkt hinzufügen'
export const removeProduct = (product: string) =>
  product ? `${product} entfernen` : 'Dieses Produkt entfernen'

export const first = 'Erste Person'
export const firstHint =
  'Sie wird Administrator, Rechnungskontakt und Lieferkontakt und bekommt eine Einladung per E-Mail. Sie können sie auch später hinzufügen.'
export const personName = 'Name der Person'
export const personEmail = 'E-Mail der Person'
export const mailLanguage = 'Sprache der E-Mails'

export const save = 'Speichern'
export const create = 'Konto anlegen'
export const cancel = 'Abbrechen'
export const saved = 'Konto gespeichert.'
export const exists = 'Es gibt schon ein Konto mit dieser Kundennummer.'
export const openIt = 'Dieses Konto öffnen'

export const createdAndWaits =
  'Konto angelegt. Es wartet auf die Bestätigung durch Mitarbeitende des Anbieters. Bis dahin können Sie es berichtigen oder zurückziehen.'
export const waitsForStaff =
  'Das neue Konto wartet, bis Mitarbeitende des Anbieters es bestätigen. Bis dahin wird niemand eingeladen, und Sie können es berichtigen oder zurückziehen.'
export const createdAtOnce =
  'Das neue Konto ist sofort nutzbar, mit einem dieser Verträge. Bis Mitarbeitende des Anbieters es bestätigen, erreichen Zugangsanfragen es nicht.'
export const firstHintWaiting =
  'Sie wird Administrator, Rechnungskontakt und Lieferkontakt. Sie bekommt eine Einladung per E-Mail, sobald Mitarbeitende des Anbieters das Konto bestätigen. Sie können sie auch dann erst hinzufügen.'
export const planUpTo = (plan: string, months: number) =>
  months === 1 ? `${plan} (bis zu einem Monat)` : `${plan} (bis zu ${months} Monate)`
export const correctWaiting =
  'Berichtigen Sie, was nicht stimmt. Mitarbeitende des Anbieters sehen das, bevor sie das Konto bestätigen.'
export const correctCreated =
  'Sie können dieses Konto berichtigen, bis sich beim Kunden jemand angemeldet hat. Nach einem neuen Namen erreichen Zugangsanfragen es erst wieder, wenn Mitarbeitende des Anbieters den Namen bestätigt haben.'

export const waitsForConfirmation = 'Wartet auf Bestätigung'
export const notConfirmed = 'Nicht bestätigt'
export const waitingForStaff = (partner: string) =>
  `${partner} hat diesen Kunden angelegt. Bis Sie ihn bestätigen, wird niemand eingeladen, der Vertrag gilt nicht, und Zugangsanfragen erreichen ihn nicht.`
export const unconfirmedForStaff = (partner: string) =>
  `${partner} hat diesen Kunden angelegt oder umbenannt. Seine Personen haben Zugang, aber Zugangsanfragen erreichen ihn erst, wenn Sie ihn bestätigen.`
export const waitingForPartner =
  'Mitarbeitende des Anbieters müssen diesen Kunden bestätigen. Bis dahin wird niemand eingeladen, und der Vertrag gilt nicht. Sie können ihn berichtigen oder zurückziehen.'
export const unconfirmedForPartner =
  'Mitarbeitende des Anbieters haben diesen Kunden unter seinem Namen noch nicht bestätigt. Seine Personen haben Zugang. Zugangsanfragen gehen an die Mitarbeitenden des Anbieters.'
export const namesakes = 'Diese Konten heißen ähnlich. Ist es eines davon?'
export const noNamesakes = 'Kein anderer Kontoname beginnt wie dieser.'
export const decideAccount = {
  confirm: 'Bestätigen',
  decline: 'Ablehnen',
  withdraw: 'Zurückziehen',
}
export const decideAccountTitle = {
  confirm: (name: string) => `${name} bestätigen?`,
  decline: (name: string) => `${name} ablehnen?`,
  withdraw: (name: string) => `${name} zurückziehen?`,
}
export const decideAccountEffect = {
  confirm:
    'Der Vertrag gilt ab jetzt, die erste Person bekommt die gewünschte Einladung, und Zugangsanfragen mit dem Namen dieses Kunden erreichen ihn. Der Partner bekommt eine E-Mail.',
  decline:
    'Das Konto wird entfernt, und seine Kundennummer ist wieder frei. Der Partner bekommt eine E-Mail. Das lässt sich nicht rückgängig machen.',
  withdraw:
    'Das Konto wird entfernt, und seine Kundennummer ist wieder frei. Das lässt sich nicht rückgängig machen.',
}
export const declineAccountHint =
  'Der Partner sieht das, zum Beispiel: Wir kennen diesen Kunden unter einem anderen Namen.'
export const accountChangedMeanwhile =
  'Der Kunde wurde berichtigt, oder jemand anderes hat entschieden, seit Sie die Seite geöffnet haben. Laden Sie sie neu, und prüfen Sie sie noch einmal.'
export const accountConfirmed = 'Kunde bestätigt.'

export const grantTitle = (partner: string) => `Berechtigungen Ihres ${partner}s`
export const grantOf = (partner: string) => `Berechtigungen des ${partner}s`
export const grantLead = (partner: string) =>
  `Sie entscheiden. Alles, was Ihr ${partner} hier tut, ist in der Aktivitätenliste entsprechend gekennzeichnet.`
export const grants: Record<string, { label: string; meaning: string }> = {
  appoint_administrator: {
    label: 'Voller Zugriff',
    meaning:
      'Personen verwalten und einen Administrator einsetzen. Hilfe ist so auch möglich, wenn der letzte Administrator gegangen ist.',
  },
  manage_people: {
    label: 'Personen verwalten',
    meaning:
      'Personen hinzufügen, ändern, einladen und löschen, aber niemanden zum Administrator machen.',
  },
  view: {
    label: 'Nur ansehen',
    meaning: 'Den Vertrag, die Personen und alle Aktivitäten sehen, aber nichts ändern.',
  },
  none: {
    label: 'Kein Zugriff',
    meaning: 'Nur den Namen und den Vertrag des Kontos in der eigenen Kundenliste sehen.',
  },
}
export const changeGrant = 'Speichern'
export const confirmGrant = (partner: string, label: string) =>
  `${partner}: zu „${label}“ wechseln?`
export const grantEffects: Record<string, string> = {
  appoint_administrator: 'Möglich ist dann alles, auch jemanden zum Administrator zu machen.',
  manage_people:
    'Möglich ist dann, die Personen des Kontos zu verwalten, aber nicht, jemanden zum Administrator zu machen. Gehen alle Administratoren, können nur Mitarbeitende des Anbieters helfen.',
  view: 'Möglich ist dann nur das Ansehen. Braucht das Konto Hilfe mit seinen Personen, können nur Mitarbeitende des Anbieters helfen.',
  none: 'Die Personen und Aktivitäten des Kontos sind dann nicht mehr sichtbar. Braucht das Konto Hilfe mit seinen Personen, können nur Mitarbeitende des Anbieters helfen.',
}
export const grantNotice = (partner: string) =>
  `Das gilt sofort. Die Administratoren des ${partner}s erfahren es per E-Mail. Sie können es jederzeit wieder ändern.`
export const confirmChange = 'Berechtigungen ändern'
export const grantSaved = 'Berechtigungen geändert.'

export const mailWaits = (mails: number) =>
  mails === 1
    ? 'Eine E-Mail dieses Kontos wird zurückgehalten'
    : `${mails} E-Mails dieses Kontos werden zurückgehalten`
export const mailWaitsSince = (time: string) =>
  `Die älteste wartet seit ${time}: Zu viele E-Mails, die dieses Konto oder dieselbe Person gesendet hat, waren unzustellbar oder wurden als Spam gemeldet. Ohne Freigabe gehen die übrigen spätestens nach zwei Tagen ab.`
export const mailReleasedAt = (time: string) =>
  `Freigegeben am ${time}. Was da wartete, geht innerhalb einer Viertelstunde ab.`
export const releaseMail = 'Jetzt senden'
export const releaseAdvice =
  'Lassen Sie zuerst die Adressen korrigieren: siehe „E-Mail unzustellbar“ in der Personenliste. Was ab jetzt unzustellbar ist, zählt neu.'
export const mailReleased = 'Freigegeben. Die E-Mails gehen innerhalb einer Viertelstunde ab.'

export const appoint = 'Administrator einsetzen'
export const appointLead =
  'Für den Fall, dass die Administratoren gegangen oder nicht zu erreichen sind. Sie können auch nur die Rolle entziehen oder die E-Mail-Adresse eines Administrators berichtigen.'
export const everyoneNotified =
  'Alle mit einem aktiven Profil erfahren per E-Mail, was von wem und warum geändert wurde.'
export const saveAppointment = 'Speichern und benachrichtigen'
export const whom = 'Neuer Administrator'
export const choose = 'Person wählen'
export const onlyTakeAway = 'Niemand: nur die Rolle entziehen'
export const becomesAdministrator = 'Wird Administrator'
export const isAdministrator = 'Ist Administrator, mit berichtigter Adresse'
export const correctedEmail = 'Berichtigte E-Mail-Adresse'
export const correctedEmailHint =
  'Leer lassen, um die hinterlegte Adresse zu behalten. Auch die frühere Adresse bekommt eine E-Mail.'
export const leavesNobodyActive =
  'Dann könnte sich kein Administrator mehr anmelden. Wählen Sie einen neuen, oder behalten Sie einen, der aktiv ist.'
export const leavesNobody =
  'Dann wäre niemand mehr Administrator. Wählen Sie einen neuen, oder behalten Sie einen.'
export const nobodyEligible =
  'Es steht niemand zur Wahl: Personen mit einem Enddatum können nicht Administrator werden. Fügen Sie die Person zuerst hinzu.'
export const replaces = 'Ersetzt'
export const replaceHint =
  'Wen Sie ankreuzen, der behält das Profil, verliert aber seine Rollen. Kreuzen Sie niemanden an, wenn alle das Konto gemeinsam verwalten sollen.'
export const reason = 'Grund'
export const reasonHint =
  'Die Personen des Kontos sehen ihn, zum Beispiel: Ada hat das Unternehmen verlassen.'
export const declineHint =
  'Die Personen des Kontos sehen ihn, zum Beispiel: Das Unternehmen hat um jemand anderen gebeten.'
export const changeAwaitsApproval =
  'Die Administratoren sollen sich ändern. Eine zweite Person des Anbieters muss zustimmen.'
export const losesRole = (names: string) => `Nicht mehr Administrator: ${names}.`
export const newAddress = (name: string, address: string) =>
  `Neue E-Mail-Adresse für ${name}: ${address}.`
export const awaitsApproval = (name: string) =>
  `${name} soll Administrator werden. Eine zweite Person des Anbieters muss zustimmen.`
export const askedBy = (name: string, time: string) => `Angefragt von ${name} am ${time}.`
export const inPlaceOf = (names: string) => `Ersetzt ${names}.`
export const because = (reason: string) => `Grund: ${reason}`
export const approve = 'Zustimmen'
export const decline = 'Ablehnen'
export const withdraw = 'Zurückziehen'
export const approveTitle = (name: string | null) =>
  name ? `${name} zum Administrator machen?` : 'Der Änderung zustimmen?'
export const declineTitle = (name: string | null) =>
  name ? `Ablehnen, dass ${name} Administrator wird?` : 'Die Änderung ablehnen?'
export const withdrawTitle = (name: string | null) =>
  name
    ? `Anfrage zurückziehen, dass ${name} Administrator wird?`
    : 'Anfrage zur Änderung zurückziehen?'
export const approvalRequested = 'Wir haben eine zweite Person um Zustimmung gebeten.'
export const decided = 'Erledigt.'
