/** Wie sich die Personen eines Kontos anmelden müssen: die Regeln, ihr Formular, ihre Aufhebung. */
import type { FactorsFor, LinkingKind } from '../../src/api/contract.ts'

export const title = 'Anmeldung'
export const lead =
  'Wie sich die Personen dieses Kontos anmelden müssen. Passwörter, Codes und Schlüssel prüfen die Anbieter; das Portal richtet sich nach dem, was sie bestätigen.'

export const factors = 'Anmeldung mit mehreren Faktoren'
export const factorsHint =
  'Zum Beispiel Passwort und Code. Wer sich anders angemeldet hat, wird dazu aufgefordert und kommt sonst nicht hinein. Um das zu verlangen, müssen Sie selbst so angemeldet sein.'
export const factorsFor: Record<FactorsFor, string> = {
  everybody: 'Von allen verlangt',
  administrators: 'Von Administratoren verlangt',
  nobody: 'Von niemandem verlangt',
}
export const providers = 'Was die Anbieter bestätigen'
export const confirmsFactors = 'bestätigt mehrere Faktoren'
export const confirmsNone =
  'bestätigt sie nicht: Wer sich bei diesem Anbieter anmeldet, kann die Vorgabe nicht erfüllen'
export const noProviders = 'Die Liste der Anbieter ließ sich nicht laden.'

export const linking = 'Anmeldungen, die sich verknüpfen lassen'
export const linkingHint =
  'Bestimmt, wer eine Einladung annehmen kann. Schon verknüpfte Anmeldungen bleiben verknüpft.'
export const linkingKinds: Record<LinkingKind, { label: string; meaning: string }> = {
  any: {
    label: 'Alle',
    meaning: 'Es zählt die Einladung, mit welcher Anmeldung sie auch angenommen wird.',
  },
  'mail-domains': {
    label: 'Mit einer E-Mail-Adresse bestimmter Domains',
    meaning: 'Der Anbieter muss bestätigen, dass die Adresse der Person gehört.',
  },
  issuers: {
    label: 'Von bestimmten Ausstellern oder Entra-Mandanten',
    meaning: 'Zum Beispiel nur die Anmeldungen, die Ihre eigene Organisation verwaltet.',
  },
}
export const values: Record<Exclude<LinkingKind, 'any'>, string> = {
  'mail-domains': 'Domains',
  issuers: 'Aussteller oder Mandanten',
}
export const valuesHint: Record<Exclude<LinkingKind, 'any'>, string> = {
  'mail-domains': 'Eine je Zeile, zum Beispiel kunde.example. Subdomains zählen nicht dazu.',
  issuers:
    'Je Zeile einer: die Adresse des Ausstellers, zum Beispiel https://accounts.google.com, oder die ID des Mandanten.',
}

export const change = 'Anmelderegeln ändern'
export const save = 'Anmelderegeln speichern'
export const cancel = 'Abbrechen'
export const saved = 'Anmelderegeln gespeichert.'
export const savedOutside = (people: number) =>
  people === 1
    ? 'Anmelderegeln gespeichert. 1 verknüpfte Person liegt außerhalb der Grenze und behält ihren Zugang.'
    : `Anmelderegeln gespeichert. ${people} verknüpfte Personen liegen außerhalb der Grenze und behalten ihren Zugang.`

export const lift = 'Regeln aufheben'
export const liftTitle = 'Anmelderegeln aufheben?'
export const liftText =
  'Mehrere Faktoren werden dann von niemandem verlangt, und jede Anmeldung lässt sich verknüpfen. Tun Sie das nur, wenn die Administratoren des Kontos nicht hineinkommen. Innerhalb von sieben Tagen muss eine zweite Person der Mitarbeitenden dasselbe verlangen. Wir schreiben den Administratoren des Kontos beide Male.'
export const liftReason =
  'Sie sehen ihn, zum Beispiel: Der einzige Administrator hat seinen zweiten Faktor verloren.'
export const liftSecondTitle = 'Anmelderegeln jetzt aufheben?'
export const liftSecondText =
  'Sie sind die zweite Person, die das verlangt; die Regeln sind damit sofort aufgehoben. Wir schreiben den Administratoren des Kontos.'
export const liftConfirm = 'Regeln aufheben'
export const liftAsked = 'Beantragt. Eine zweite Person der Mitarbeitenden muss dasselbe verlangen.'
export const lifted = 'Die Anmelderegeln sind aufgehoben.'
export const liftWaits = 'Mitarbeitende des Anbieters wollen diese Regeln aufheben'
export const liftAskedBy = (name: string, time: string) =>
  `Beantragt von ${name} am ${time}. Verlangt eine zweite Person dasselbe, werden mehrere Faktoren von niemandem verlangt, und jede Anmeldung lässt sich verknüpfen.`
export const liftYours = 'Sie haben es beantragt; jemand anderes muss dasselbe verlangen.'
export const liftForgotten =
  'Sie sind nicht einverstanden? Speichern Sie die Anmelderegeln noch einmal; damit endet der Antrag.'
export const because = (reason: string) => `Grund: ${reason}`

/** Anmeldungen, die ein Konto annimmt, innerhalb eines Satzes und als Angabe. */
export const accepted = {
  any: () => 'jede Anmeldung',
  'mail-domains': (domains: string) =>
    `Anmeldungen, deren Anbieter eine E-Mail-Adresse bei ${domains} bestätigt`,
  issuers: (issuers: string) => `Anmeldungen von ${issuers}`,
} satisfies Record<LinkingKind, (values: string) => string>
export const tenant = (id: string) => `Microsoft-Entra-Mandant ${id}`
