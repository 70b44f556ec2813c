/** Noch einmal anmelden, wenn etwas das verlangt. */

export const comeBack =
  'Danach sind Sie wieder auf dieser Seite, mit allem, was Sie eingegeben haben. Gesendet wird erst, wenn Sie noch einmal auf die Schaltfläche klicken.'
export const continueWith = (provider: string | null) =>
  provider ? `Weiter mit ${provider}` : 'Weiter zur Anmeldung'
export const cancel = 'Abbrechen'
export const confirmsNone = (provider: string) =>
  `Sie melden sich mit ${provider} an. Dieser Anbieter teilt dem Portal nicht mit, ob mehrere Faktoren im Spiel waren.`
export const useInstead = (providers: string) =>
  `Verwenden Sie für Ihr Profil stattdessen eine Anmeldung von ${providers}.`
export const howToSwitch = 'Andere Anmeldung verwenden'
export const back =
  'Sie sind zurück, und gesendet ist noch nichts. Prüfen Sie Ihre Eingaben und klicken Sie dann noch einmal auf die Schaltfläche.'
