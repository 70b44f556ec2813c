/** Vertrag und Lizenzen: der Servicevertrag, lizenzierte Produkte, der Partner und die Rollen. */

export const title = 'Vertrag und Lizenzen'
export const servicePlan = 'Servicevertrag'
export const plan = 'Vertrag'
export const firstDay = 'Erster Tag'
export const lastDay = 'Letzter Tag'
export const noneNeeded = 'Dieses Konto braucht keinen Servicevertrag.'
export const noPlan = 'Dieses Konto hat keinen aktuellen Servicevertrag.'

export const beginsIn = (days: number) =>
  days === 1 ? 'Beginnt morgen' : `Beginnt in ${days} Tagen`
export const endsIn = (days: number) => (days === 1 ? 'Endet morgen' : `Endet in ${days} Tagen`)
export const endsToday = 'Endet heute'
export const endedAgo = (days: number) =>
  days === 1 ? 'Gestern beendet' : `Vor ${days} Tagen beendet`
export const inGrace =
  'Während einer kurzen Nachfrist besteht der Zugang noch. Lassen Sie den Vertrag jetzt verlängern.'
export const renewSoon = 'Lassen Sie ihn rechtzeitig verlängern, damit niemand den Zugang verliert.'

export const licences = 'Lizenzen'
export const product = 'Produkt'
export const quantity = 'Anzahl'
export const unlimited = 'Unbegrenzt'
export const noLicences = 'Es sind keine lizenzierten Produkte hinterlegt.'

export const yourPartner = (partner: string) => `Ihr ${partner}`
export const ownPartner = (partner: string) => `${partner} des Kontos`
export const noPartner = (partner: string) => `Dieses Konto hat keinen ${partner}.`

export const roles = 'Rollen'
export const administrators = 'Administratoren'
export const billingContact = 'Rechnungskontakt'
export const shippingContact = 'Lieferkontakt'
export const nobody = 'Noch niemand'
export const nobodyCanSignIn =
  'Zurzeit kann sich kein Administrator dieses Kontos anmelden. Bis einer eine Einladung annimmt, kann dort niemand die Personen verwalten.'
export const somebody = 'Eine Person dieses Kontos'
export const changeRoles = 'Rollen ändern'
export const saveRoles = 'Rollen speichern'
export const cancel = 'Abbrechen'
export const rolesSaved = 'Rollen gespeichert.'
export const firstGetsAll = 'Fügen Sie die erste Person hinzu: Sie bekommt alle drei Rollen.'
export const administratorsHint =
  'Können Personen hinzufügen, ändern und löschen sowie Rollen vergeben. Mindestens einer ist nötig.'
export const noEndDate = 'Personen mit einem Enddatum können keine Rolle bekommen.'
export const staffPermissions = 'Berechtigungen der Mitarbeitenden'
export const staffPermissionsHint =
  'Alle Mitarbeitenden können jedes Konto ansehen. Um dort etwas zu ändern, brauchen sie eine Berechtigung. Administratoren dieses Kontos haben alle.'
export const noStaff = 'Nur die Administratoren können andere Konten ändern.'
export const nobodyElse = 'In diesem Konto gibt es noch niemanden sonst.'
export const onlyItsAdministrators = 'Nur Administratoren dieses Kontos können es ändern.'
export const findPerson = 'Person suchen'
export const nobodyNamed = (search: string) => `Kein Name beginnt mit „${search}“.`

export const benefit = 'Für das Portal brauchen Sie einen aktuellen Servicevertrag.'
export const afterRenewal =
  'Sobald der Vertrag aktuell ist, haben alle Zugang, und neue Einladungen sind nicht nötig. Nur Einladungen, die bis dahin abgelaufen sind, müssen neu gesendet werden.'
export const begins = (plan: string, date: string) =>
  `Der Vertrag ${plan} dieses Kontos beginnt am ${date}.`
export const lapsedSince = (plan: string, date: string) =>
  `Der Vertrag ${plan} dieses Kontos ist abgelaufen. Seit dem ${date} besteht kein Zugang.`
export const whoToContact = 'Ansprechpartner'
export const partnerRenews = (partner: string) => `Ihr ${partner} kann den Vertrag verlängern:`
export const partnerAnswers = (partner: string) => `Ihr ${partner} beantwortet Fragen dazu:`
export const accountsPartner = (partner: string) => `Dieser ${partner} betreut das Konto:`
export const orWriteTo = (vendor: string) => `Oder schreiben Sie an ${vendor}:`
export const writeTo = (vendor: string) => `Schreiben Sie an ${vendor}:`
export const chooseAccount = 'Anderes Konto wählen'

export const lapsed = 'Der Servicevertrag ist abgelaufen'
export const notBegun = 'Der Servicevertrag hat noch nicht begonnen'
export const current = 'Der Servicevertrag ist aktuell'
export const currentText = 'Alle, die hinzugefügt wurden, haben Zugang.'
export const stillOpen = 'Ansehen können Sie weiterhin:'
export const listOfPeople = 'Die Liste der Personen'
export const thePlan = 'Den Vertrag'
export const openPortal = 'Portal öffnen'
