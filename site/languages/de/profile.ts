/** Mein Profil: die eigenen Angaben und der Wechsel zu einer anderen Identität. */

export const title = 'Mein Profil'
export const which = 'Sie haben in jedem dieser Konten ein Profil. Welches wollen Sie sehen?'
export const yourRoles = (roles: string) => `Ihre Rollen: ${roles}`
export const edit = 'Mein Profil bearbeiten'
export const save = 'Speichern'
export const cancel = 'Abbrechen'
export const saved = 'Ihr Profil ist gespeichert.'
export const nothingToSave = 'Es gab nichts zu speichern.'

export const switching = 'Identität wechseln'
export const switchingText =
  'Damit Sie sich von nun an mit einer anderen Identität anmelden. Profil, Rollen und Verlauf bleiben.'
export const stepCheck = 'Prüfen Sie die hinterlegte E-Mail-Adresse'
export const stepCheckText = (email: string) =>
  `Die Einladung geht an ${email}. Stimmt das nicht, bearbeiten Sie zuerst Ihr Profil.`
export const stepSend = 'Senden Sie die Einladung'
export const stepSendText =
  'Bis die andere Identität verknüpft ist, können Sie mit der jetzigen weiterarbeiten.'
export const stepSignIn =
  'Öffnen Sie den Link darin und melden Sie sich mit der anderen Identität an'
export const stepSignInText =
  'Wählen Sie dazu auf der Seite, die sich öffnet, „Andere Identität verwenden“.'
export const stepLink = 'Drücken Sie „Dieses Profil verknüpfen“'
export const stepLinkText =
  'Die bisherige Identität öffnet dieses Konto dann nicht mehr und wird darüber benachrichtigt.'
export const send = 'Einladung senden'
export const sent = (email: string) => `Die Einladung an ${email} ist unterwegs.`

export const guestPartner = (account: string) =>
  `Sie sehen ${account} als Partner: In diesem Konto haben Sie kein eigenes Profil.`
export const guestStaff = (account: string) =>
  `Sie sehen ${account} für den Anbieter: In diesem Konto haben Sie kein eigenes Profil.`
export const ownProfiles = 'Meine eigenen Profile'
