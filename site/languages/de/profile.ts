/** Mein Profil: die eigenen Angaben, und eine andere Anmeldung verwenden. */

export const title = 'Mein Profil'
export const which = 'Sie haben in jedem dieser Konten ein Profil. Welches möchten Sie sehen?'
export const yourRoles = (roles: string) => `Ihre Rollen: ${roles}`
export const edit = 'Mein Profil bearbeiten'
export const save = 'Speichern'
export const cancel = 'Abbrechen'
export const saved = 'Profil gespeichert.'
export const nothingToSave = 'Es gibt nichts zu speichern.'

export const switching = 'Andere Anmeldung verwenden'
export const switchingText =
  'Wechseln Sie Ihre Anmeldung (Ihren Zugang bei Microsoft, Google …). Profil, Rollen und Verlauf bleiben.'
export const stepCheck = 'Prüfen Sie die hinterlegte E-Mail-Adresse'
export const stepCheckText = (email: string) =>
  `Die Einladung geht an ${email}. Stimmt das nicht, bearbeiten Sie zuerst Ihr Profil.`
export const stepSend = 'Senden Sie die Einladung'
export const stepSendText = 'Ihre bisherige Anmeldung gilt, bis Sie gewechselt haben.'
export const stepSignIn = 'Öffnen Sie den Link darin und melden Sie sich mit der neuen Anmeldung an'
export const stepSignInText =
  'Wählen Sie auf der Seite, die sich öffnet, „Andere Anmeldung verwenden“.'
export const stepLink = 'Klicken Sie auf „Einladung annehmen“'
export const stepLinkText =
  'Ihre alte Anmeldung gilt dann für dieses Konto nicht mehr; wir senden Ihnen dazu eine Mitteilung per E-Mail.'
export const send = 'Einladung senden'
export const sent = (email: string) => `Die Einladung an ${email} ist unterwegs.`

export const guestPartner = (account: string) =>
  `Sie sehen ${account} als Partner: In diesem Konto haben Sie kein eigenes Profil.`
export const guestStaff = (account: string) =>
  `Sie sehen ${account} für den Anbieter: In diesem Konto haben Sie kein eigenes Profil.`
export const ownProfiles = 'Meine eigenen Profile'
