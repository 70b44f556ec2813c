/** Signing in once more for an act that needs it. */

export const comeBack =
  'You come back to this page, with everything you have typed. Nothing is sent until you press the button again.'
export const continueWith = (provider: string | null) =>
  provider ? `Continue with ${provider}` : 'Continue to sign in'
export const cancel = 'Cancel'
export const confirmsNone = (provider: string) =>
  `You sign in with ${provider}, which does not tell the portal about several factors.`
export const useInstead = (providers: string) =>
  `Use a sign-in of ${providers} for your profile instead.`
export const howToSwitch = 'Use a different sign-in'
export const back =
  'You are back, and nothing has been sent yet. Check what you typed, then press the button again.'
