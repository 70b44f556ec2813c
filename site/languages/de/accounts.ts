/** Konten: die Leiste über ihren Seiten, die Liste der eigenen und die Kunden eines Partners. */
import { html } from 'lit-html'
import type { Confirmation } from '../../src/api/contract.ts'

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
  `${why} Bis zur Verlängerung können Sie diese Seiten ansehen und Zugänge entfernen, aber sonst nichts ändern.`
export const readOnlyUntilThen = (why: string) =>
  `${why} Bis dahin können Sie diese Seiten ansehen und Zugänge entfernen, aber sonst nichts ändern.`
export const noServicePlan = 'Dieses Konto hat keinen aktuellen Servicevertrag.'
export const whoToContact = 'Ansprechpartner'

export const switchAccount = 'Konto wechseln'
export const yourAccounts = 'Ihre Konten'
export const findAccount = 'Konto suchen'
export const allAccounts = 'Alle Ihre Konten'
export const accountsLoading = 'Ihre Konten werden geladen'
export const accountsFailed = 'Ihre Konten konnten nicht geladen werden.'
export const found = (n: number) => (n === 1 ? '1 Konto' : `${n} Konten`)
export const noAccountNamed = (search: string) => `Keine Konten passen zu „${search}“.`

export const lead =
  'Sie haben Zugang zu diesen Konten. Wählen Sie das, mit dem Sie arbeiten möchten.'
export const yourRoles = (roles: string) => `Ihre Rollen: ${roles}`
export const noRole = 'Mitglied'
export const customersOf = (account: string) => `Kunden von ${account}`
export const missing = (link: unknown) => html`Fehlt ein Konto? ${link}`
export const linkMyProfile = 'Mein Profil verknüpfen'
export const none = 'Mit dieser Anmeldung haben Sie noch zu keinem Konto Zugang.'
export const noneAdded =
  'Hat Sie jemand hinzugefügt? Verknüpfen Sie Ihr Profil über die E-Mail-Adresse, die dabei angegeben wurde.'
export const noneYet = (how: unknown, ask: unknown) =>
  html`Noch nicht hinzugefügt? Lesen Sie, ${how}, oder ${ask}.`
export const askForAccess = 'bitten Sie um Zugang'
export const howToGetAccess = 'wie Sie Zugang bekommen'

export const customersLead = (account: string) =>
  `Die Konten, die ${account} betreut. Wählen Sie einen Namen, um die Personen zu sehen.`
export const customersCaption = 'Kunden nach Namen'
export const name = 'Name'
export const servicePlan = 'Servicevertrag'
export const lastDay = 'Letzter Tag'
export const noPlan = 'Keiner'
export const noCustomerNamed = (search: string) => `Kein Kundenname beginnt mit „${search}“.`
export const showAllCustomers = 'Alle Kunden anzeigen'
export const noCustomers = (account: string) => `${account} betreut noch keine Kunden.`
export const newAccount = 'Neues Konto'
export const planState = 'Vertragsstatus'
export const anyState = 'Alle'
export const countInState = (n: number) =>
  n === 1 ? '1 Kunde auf dieser Seite' : `${n} Kunden auf dieser Seite`
export const noneHere = 'Keiner auf dieser Seite. Gehen Sie zur nächsten Seite.'
export const noneInState = 'Kein Kunde hat einen Vertrag mit diesem Status.'
export const partnerColumn = (partner: string) => partner.charAt(0).toUpperCase() + partner.slice(1)
export const accessEnded = (partner: string) =>
  `hat den Zugriff seines ${partner}s beendet; fragen Sie einen seiner Administratoren`
export const confirmation = 'Bestätigung'
export const confirmations: Record<Confirmation, string> = {
  waiting: 'Wartet auf Bestätigung',
  unconfirmed: 'Nicht bestätigt',
  confirmed: 'Bestätigt',
}
export const customersWait = (n: number) =>
  n === 1
    ? 'Ein neuer Kunde eines Partners wartet auf Ihre Bestätigung'
    : `${n >= 100 ? '100 oder mehr' : n} neue Kunden von Partnern warten auf Ihre Bestätigung`
export const noneWithConfirmation = 'Kein Kunde hat diese Bestätigung.'
export const importAccounts = 'Konten importieren'
export const searchByName = 'Nach Namen suchen'
export const count = (n: number) => (n === 1 ? '1 Kunde' : `${n} Kunden`)
export const countMore = (n: number) => `Die ersten ${n} Kunden nach Namen`
