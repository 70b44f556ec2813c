/** Texts that any page may show. */

export const loading = 'Loading'
export const closeMessage = 'Close this message'
export const withErrors = (title: string) => `Error: ${title}`

export const whichAccount = 'Which account?'
export const whichAccountText = 'The address of this page does not say which account to show.'
export const whichProfessional = 'Which professional?'
export const whichProfessionalText =
  'The address of this page does not say which professional to show.'
export const chooseAccount = 'Choose an account'

export const welcome = 'Welcome, user'
export const signIn = 'Sign in'
export const cannotTell = 'We could not check who is signed in.'
export const checkAgain = 'Check again'
export const signedInAs = 'Signed in as'
export const myProfile = 'My profile'
export const sessions = 'My sessions'
export const ourAccounts = 'Our accounts'
export const switchAccount = 'Switch account'
export const signOut = 'Sign out'
export const signedOut = 'You are signed out'
export const signedOutHere = 'To open the portal in this browser again, sign in.'
export const stillAtProvider = (provider: string) =>
  `You may still be signed in to ${provider}. On a shared computer, sign out there too.`
export const signOutOf = (provider: string) => `Sign out of ${provider}`
export const homePage = 'Home page'
export const openPortal = 'Open the portal'
export const howToGetAccess = 'How to get access'

export const pages = 'Pages of the list'
export const firstPage = 'First page'
export const nextPage = 'Next page'
