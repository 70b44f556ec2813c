/** Konten: die Leiste über ihren Seiten, die Liste der eigenen und die Kunden eines Partners. */
import { html } from 'lit-html'

export const account = 'Konto'
export const people = 'Personen'
export const plan = 'Vertrag und Lizenzen'
export const accessRequests = 'Zugangsanfragen'
export const activity = 'Aktivität'
export const customers = 'Kunden'
export const planIs = (plan: string, state: string) => `${plan}: ${state}`
export const actAsPartner = (partner: string) => `Sie handeln als ${partner}`
export const actAsStaff = 'Sie handeln für den Anbieter'
export const readOnly = (why: string) =>
  `${why} Bis zur Verlängerung lassen sich diese Seiten lesen, aber nichts ändern.`
export const readOnlyUntilThen = (why: string) =>
  `${why} Bis dahin lassen sich diese Seiten lesen, aber nichts ändern.`
export const noServicePlan = 'Dieses Konto hat keinen aktuellen Servicevertrag.'
export const whomToAsk = 'Wen Sie fragen können'

export const switchAccount = 'Konto wechseln'
export const yourAccounts = 'Ihre Konten'
export const findAccount = 'Konto suchen'
export const allAccounts = 'Alle Ihre Konten'
export const accountsLoading = 'Ihre Konten werden geladen.'
export const accountsFailed = 'Ihre Konten ließen sich nicht laden.'
export const noAccountNamed = (search: string) => `Kein Konto heißt „${search}“.`

export const lead =
  'Ihre Identität ist mit diesen Konten verknüpft. Wählen Sie das, mit dem Sie arbeiten wollen.'
export const yourRoles = (roles: string) => `Ihre Rollen: ${roles}`
export const noRole = 'Sie haben keine besondere Rolle.'
export const customersOf = (account: string) => `Kunden von ${account}`
export const missing = (link: unknown) => html`Fehlt ein Konto? ${link}`
export const linkMyProfile = 'Mein Profil verknüpfen'
export const none = 'Ihre Identität ist noch mit keinem Konto verknüpft.'
export const noneAdded =
  'Hat jemand Sie hinzugefügt? Verknüpfen Sie Ihr Profil über die E-Mail-Adresse, die dabei verwendet wurde.'
export const noneYet = (how: unknown, ask: unknown) =>
  html`Noch nicht hinzugefügt? Lesen Sie, ${how}, oder ${ask}.`
export const askForAccess = 'bitten Sie um Zugang'
export const howToGetAccess = 'wie Sie Zugang bekommen'

export const customersLead = (account: string) =>
  `Die Konten, die ${account} betreut. Ein Name öffnet die Personen des Kontos.`
export const customersCaption = 'Kunden nach Namen'
export const name = 'Name'
export const servicePlan = 'Servicevertrag'
export const lastDay = 'Letzter Tag'
export const noPlan = 'Keiner'
export const noCustomerNamed = (search: string) => `Der Name keines Kunden beginnt mit „${search}“.`
export const showAllCustomers = 'Alle Kunden zeigen'
export const noCustomers = (account: string) => `${account} betreut noch keine Kundenkonten.`
export const newAccount = 'Neues Konto'
export const planState = 'Stand des Vertrags'
export const anyState = 'Alle'
export const countInState = (n: number) =>
  n === 1 ? '1 Kunde auf dieser Seite' : `${n} Kunden auf dieser Seite`
export const noneHere = 'Bisher keiner. Weiter geht es auf der nächsten Seite.'
export const noneInState = 'Bei keinem Kunden ist der Vertrag in diesem Stand.'
export const partnerColumn = (partner: string) => partner.charAt(0).toUpperCase() + partner.slice(1)
export const shut = (partner: string) =>
  `hat den Zugriff seines ${partner}s beendet; fragen Sie einen seiner Administratoren`
export const importAccounts = 'Konten importieren'
export const searchByName = 'Name beginnt mit'
export const count = (n: number) => (n === 1 ? '1 Kunde' : `${n} Kunden`)
export const countMore = (n: number) => `Die ersten ${n} Kunden nach Namen`
