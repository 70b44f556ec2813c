/** Was jede Seite sagen kann. */

export const loading = 'Wird geladen'
export const closeMessage = 'Diese Meldung schließen'
export const withErrors = (title: string) => `Fehler: ${title}`

export const whichAccount = 'Welches Konto?'
export const whichAccountText = 'Die Adresse dieser Seite sagt nicht, um welches Konto es geht.'
export const whichProfessional = 'Welche Person?'
export const whichProfessionalText =
  'Die Adresse dieser Seite sagt nicht, um welche Person es geht.'
export const chooseAccount = 'Konto wählen'

export const welcome = 'Willkommen'
export const signIn = 'Anmelden'
export const cannotTell = 'Wer angemeldet ist, lässt sich gerade nicht sagen.'
export const checkAgain = 'Erneut prüfen'
export const signedInAs = 'Angemeldet als'
export const myProfile = 'Mein Profil'
export const ourAccounts = 'Unsere Konten'
export const switchAccount = 'Konto wechseln'
export const signOut = 'Abmelden'
export const signedOut = 'Sie sind abgemeldet'
export const signedOutHere = 'Dieser Browser öffnet das Portal nicht mehr.'
export const stillAtProvider = (provider: string) =>
  `Bei ${provider} sind Sie vielleicht noch angemeldet. Melden Sie sich an einem Computer, den auch andere benutzen, dort ebenfalls ab.`
export const signOutOf = (provider: string) => `Bei ${provider} abmelden`
export const homePage = 'Startseite'
export const openPortal = 'Portal öffnen'
export const howToGetAccess = 'So bekommen Sie Zugang'

export const pages = 'Seiten der Liste'
export const firstPage = 'Erste Seite'
export const nextPage = 'Nächste Seite'
