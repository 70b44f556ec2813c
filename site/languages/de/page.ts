/** Texte, die jede Seite zeigen kann. */

export const loading = 'Wird geladen'
export const closeMessage = 'Diese Meldung schließen'
export const withErrors = (title: string) => `Fehler: ${title}`

export const whichAccount = 'Welches Konto?'
export const whichAccountText =
  'Die Adresse dieser Seite sagt nicht, welches Konto gezeigt werden soll.'
export const whichProfessional = 'Welche Person?'
export const whichProfessionalText =
  'Die Adresse dieser Seite sagt nicht, welche Person gezeigt werden soll.'
export const chooseAccount = 'Konto wählen'

export const welcome = 'Willkommen'
export const signIn = 'Anmelden'
export const cannotTell = 'Wir konnten nicht prüfen, wer angemeldet ist.'
export const checkAgain = 'Erneut prüfen'
export const signedInAs = 'Angemeldet als'
export const myProfile = 'Mein Profil'
export const sessions = 'Meine Sitzungen'
export const ourAccounts = 'Unsere Konten'
export const switchAccount = 'Konto wechseln'
export const signOut = 'Abmelden'
export const signedOut = 'Sie sind abgemeldet'
export const signedOutHere = 'Um das Portal in diesem Browser wieder zu öffnen, melden Sie sich an.'
export const stillAtProvider = (provider: string) =>
  `Bei ${provider} sind Sie vielleicht noch angemeldet. Melden Sie sich an einem gemeinsam genutzten Computer auch dort ab.`
export const signOutOf = (provider: string) => `Bei ${provider} abmelden`
export const homePage = 'Startseite'
export const openPortal = 'Portal öffnen'
export const howToGetAccess = 'So bekommen Sie Zugang'

export const pages = 'Seiten der Liste'
export const firstPage = 'Erste Seite'
export const nextPage = 'Nächste Seite'
