/** Formulare zu Konten: eines anlegen und ändern, und was sein Partner darf. */

export const newTitle = 'Neues Konto'
export const newLead = (account: string) => `Das neue Konto wird von ${account} betreut.`
export const mayNotCreate = 'Sie dürfen hier keine Konten anlegen.'
export const editTitle = 'Konto bearbeiten'
export const editAccount = 'Konto bearbeiten'
export const mayNotEdit = 'Nur Mitarbeitende des Anbieters dürfen dieses Konto ändern.'
export const backToAccount = 'Zurück zum Konto'
export const backToCustomers = 'Zurück zu den Kunden'

export const about = 'Das Konto'
export const kind = 'Art'
export const name = 'Name'
export const number = 'Kundennummer'
export const numberHint =
  'Die Nummer in Ihren eigenen Büchern. Ein zweites Konto mit derselben Nummer kann nicht versehentlich entstehen.'
export const timeZone = 'Zeitzone'
export const timeZoneHint =
  'Zum Beispiel Europe/Berlin. Ihre Tage zählen für den Vertrag und für die Enddaten der Personen.'

export const contact = 'Kontaktangaben'
export const contactHint = (partner: string) => `Kunden sehen diese Angaben von ihrem ${partner}.`
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
  'Ein laufender Vertrag läuft ein Jahr länger; ein abgelaufener beginnt heute neu. Gespeichert wird erst mit „Speichern“. Dann haben alle sofort wieder Zugang, und niemand muss neu eingeladen werden.'

export const partnerSection = (partner: string) => `Der ${partner}`
export const partnerName = (partner: string) => `${partner} nach Namen suchen`
export const partnerChosen = (name: string) => `Gewählt: ${name}`
export const noPartnerChosen = (partner: string) => `Kein ${partner}`
export const partnerHint = (partner: string) =>
  `Ein neuer ${partner} darf alles, was ein ${partner} darf. Die Administratoren erfahren es per E-Mail und können es einschränken.`
export const search = 'Suchen'
export const nobodyNamed = (name: string) => `Kein Name beginnt mit „${name}“.`
export const noneChosen = 'Keiner'

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
export const saved = 'Das Konto ist gespeichert.'
export const exists = 'Es gibt schon ein Konto mit dieser Kundennummer.'
export const openIt = 'Dieses Konto öffnen'

export const grantTitle = (partner: string) => `Was Ihr ${partner} darf`
export const grantOf = (partner: string) => `Was der ${partner} darf`
export const grantLead = (partner: string) =>
  `Sie entscheiden. Was Ihr ${partner} hier tut, steht entsprechend gekennzeichnet in der Aktivitätenliste.`
export const grants: Record<string, { label: string; meaning: string }> = {
  appoint_administrator: {
    label: 'Alles, auch einen Administrator einsetzen',
    meaning: 'Er kann auch dann helfen, wenn der letzte Administrator des Kontos gegangen ist.',
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
    label: 'Nichts',
    meaning: 'Er sieht nur den Namen und den Vertrag des Kontos in seiner Kundenliste.',
  },
}
export const changeGrant = 'Ändern'
export const askGrant = (partner: string, label: string) => `${partner}: ${label}?`
export const grantFollows: Record<string, string> = {
  appoint_administrator:
    'Ab jetzt darf er wieder alles und auch jemanden zum Administrator machen.',
  manage_people:
    'Ab jetzt darf er die Personen des Kontos weiterhin verwalten, aber niemanden zum Administrator machen. Gehen alle seine Administratoren, können nur Mitarbeitende des Anbieters helfen.',
  view: 'Ab jetzt darf er nur lesen. Braucht das Konto Hilfe mit seinen Personen, können sie nur Mitarbeitende des Anbieters geben.',
  none: 'Ab jetzt sieht er weder die Personen des Kontos noch, was hier geschieht. Braucht das Konto Hilfe mit seinen Personen, können sie nur Mitarbeitende des Anbieters geben.',
}
export const grantToldAndUndone = (partner: string) =>
  `Es gilt ab seinem nächsten Klick. Die Administratoren des ${partner}s erfahren es per E-Mail. Sie können es jederzeit wieder ändern.`
export const doChange = 'Ja, ändern'
export const grantSaved = 'Was der Partner darf, ist geändert.'

export const appoint = 'Administrator einsetzen'
export const appointLead = 'Wenn die Administratoren gegangen oder nicht zu erreichen sind.'
export const everybodyTold =
  'Alle, deren Profil verknüpft ist, erfahren per E-Mail, wer von wem und warum eingesetzt wurde.'
export const whom = 'Wer Administrator wird'
export const choose = 'Bitte wählen'
export const nobodyEligible =
  'Es gibt sonst niemanden ohne Enddatum auf der Liste. Fügen Sie die Person zuerst hinzu.'
export const whomTheyReplace = 'An wessen Stelle'
export const replaceHint =
  'Wen Sie ankreuzen, der behält das Profil, aber keine Rolle. Kreuzen Sie niemanden an, wenn sie das Konto gemeinsam verwalten sollen.'
export const reason = 'Grund'
export const reasonHint =
  'Die Personen des Kontos lesen ihn, zum Beispiel: Ada hat das Unternehmen verlassen.'
export const declineHint =
  'Die Personen des Kontos lesen ihn, zum Beispiel: Das Unternehmen hat um jemand anderen gebeten.'
export const waits = (name: string) =>
  `${name} soll Administrator werden. Jemand Zweites vom Anbieter muss zustimmen.`
export const askedBy = (name: string, time: string) => `Erbeten von ${name} am ${time}.`
export const inPlaceOf = (names: string) => `An Stelle von ${names}.`
export const because = (reason: string) => `Grund: ${reason}`
export const approve = 'Zustimmen'
export const decline = 'Ablehnen'
export const takeBack = 'Zurücknehmen'
export const approveTitle = (name: string) => `${name} zum Administrator machen?`
export const declineTitle = (name: string) => `Ablehnen, dass ${name} Administrator wird?`
export const takeBackTitle = (name: string) => `Zurücknehmen, dass ${name} Administrator wird?`
export const nowWaits = 'Jemand Zweites ist um Zustimmung gebeten.'
export const decided = 'Das ist erledigt.'
