/** Mein Profil: die eigenen Angaben, und eine andere Anmeldung verwenden. */

export const title = 'Mein Profil'
export const which = 'Sie haben in jedem dieser Konten ein Profil. Welches möchten Sie sehen?'
export const yourRoles = (roles: string) => `Ihre Rollen: ${roles}`
export const edit = 'Mein Profil bearbeiten'
export const save = 'Speichern'
export const cancel = 'Abbrechen'
export const saved = 'Profil gespeichert.'
export const savedPending = (email: string) =>
  `Profil gespeichert. Ihre neue Adresse ist noch nicht bestätigt: Wir haben einen Link an ${email} gesendet.`
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

export const pending = 'Bestätigen Sie Ihre neue Adresse'
export const pendingText = (email: string, current: string, until: string) =>
  `Wir haben einen Link an ${email} gesendet. Öffnen Sie ihn bis ${until}, dann ist die Adresse hinterlegt. Bis dahin geht alles an ${current}.`
export const pendingResend = 'Link erneut senden'
export const pendingCancel = (current: string) => `${current} behalten`
export const pendingSent = (email: string) => `Ein neuer Link an ${email} ist unterwegs.`
export const pendingCancelled = (current: string) => `Ihre Adresse ist weiterhin ${current}.`

export const sessions = 'Wo Sie angemeldet sind'
export const sessionsText =
  'Sehen Sie, in welchen Browsern Sie angemeldet sind, beenden Sie Sitzungen, die Sie nicht brauchen oder nicht kennen, und prüfen Sie Ihre letzten Anmeldungen.'
export const showSessions = 'Meine Sitzungen'

export const guestPartner = (account: string) =>
  `Sie sehen ${account} als Partner: In diesem Konto haben Sie kein eigenes Profil.`
export const guestStaff = (account: string) =>
  `Sie sehen ${account} für den Anbieter: In diesem Konto haben Sie kein eigenes Profil.`
export const ownProfiles = 'Meine eigenen Profile'
