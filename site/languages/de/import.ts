/** Was die Seiten sagen, die eine CSV-Datei importieren: mit Personen oder mit Konten. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const number = (count: number) => new Intl.NumberFormat('de-DE').format(count)
const of = (one: string, many: string) => (count: number) =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`
const rows = of('Zeile', 'Zeilen')
const persons = of('Person', 'Personen')
const accountsOf = of('Konto', 'Konten')

export const csvFile = 'CSV-Datei'
export const columnsTitle = 'Was in der Datei steht'
export const columnsHint =
  'Die erste Zeile nennt die Spalten, in beliebiger Reihenfolge, auf Deutsch oder Englisch. Andere Spalten bleiben unbeachtet.'
export const templateDownload = 'Vorlage herunterladen'
export const reading = 'Die Datei wird gelesen.'
export const openQuote = (record: number) =>
  `Die Datei lässt sich nicht lesen: In Zeile ${number(record)} beginnt ein Anführungszeichen, das nirgends endet oder auf das noch etwas folgt.`
export const unreadableFile =
  'Das ist keine CSV-Datei. Speichern Sie sie in Ihrer Tabellenkalkulation als CSV und wählen Sie dann diese Datei.'
export const fileChanged =
  'Die Datei wurde geändert oder verschoben, seit Sie sie gewählt haben. Wählen Sie sie noch einmal: Was importiert ist, bleibt.'
export const lackingColumns = (lacking: string[], there: string) =>
  `In der Datei fehlt die Spalte ${lacking.join(' und die Spalte ')}. Die erste Zeile muss die Spalten nennen; dort steht: ${there || '(nichts)'}`
export const tooManyRows = (count: number, most: number) =>
  `Die Datei hat ${number(count)} Zeilen; höchstens ${number(most)} lassen sich auf einmal importieren. Teilen Sie sie auf mehrere Dateien auf.`
export const tryingTitle = 'Probelauf: Es wird nichts geändert'
export const tryingProgress = (done: number, all: number) =>
  `${number(done)} von ${rows(all)} geprüft`
export const triedTitle = 'Was aus der Datei würde'
export const triedText = (file: Name) =>
  html`Das war ein Probelauf mit ${file}. Es wurde noch nichts geändert.`
export const wereEarlier = (count: number) =>
  count
    ? `${rows(count)} ${count === 1 ? 'ist' : 'sind'} schon von einem Import dieser Datei durchgesehen, der nicht zu Ende kam`
    : null
export const checkAll = 'Auch diese Zeilen prüfen'
export const haveErrors = (count: number) => (count ? `${rows(count)} mit Fehlern` : null)
export const ignoredColumns = (ignored: Name) => html`Nicht beachtete Spalten: ${ignored}`
export const otherFile = 'Andere Datei wählen'
export const nothingToAddButErrors = 'Keine Zeile dieser Datei lässt sich so importieren.'
export const addingTitle = 'Import läuft'
export const resultDownload = 'Ergebnis herunterladen'
export const trialDownload = 'Ergebnis des Probelaufs herunterladen'
export const outcomeColumn = 'Ergebnis'
export const detailColumn = 'Einzelheiten'
export const faultyRows = 'Zeilen mit Fehlern'
export const row = 'Zeile'
export const whatIsWrong = 'Was nicht stimmt'
export const moreRows = (count: number) =>
  `Und ${rows(count)} mehr: Die Ergebnisdatei nennt sie alle.`

export const people = {
  title: 'Personen importieren',
  lead: 'Fügen Sie viele Personen auf einmal hinzu, aus einer CSV-Datei, wie Tabellenprogramme sie speichern.',
  steps: [
    'Wählen Sie die Datei. Dabei wird noch nichts geändert.',
    'Sehen Sie, was aus jeder Zeile würde und wo etwas nicht stimmt.',
    'Importieren Sie. Wer schon auf der Liste steht, bleibt unverändert; dieselbe Datei darf also zweimal kommen.',
  ],
  fileHint: (most: number) =>
    `Wählen Sie sie hier oder ziehen Sie sie auf dieses Feld. Getrennt durch Komma, Semikolon oder Tabulator; bis zu ${number(most)} Personen.`,
  columns: [
    ['Name', 'Erforderlich. Der volle Name der Person.'],
    [
      'E-Mail',
      'Erforderlich. Die Adresse, an die die Einladung geht; an ihr werden Personen unterschieden.',
    ],
    ['Funktion', 'Freiwillig. Die Stellung im Unternehmen.'],
    ['Telefon', 'Freiwillig. Die Telefonnummer.'],
    ['Sprache', 'Freiwillig. Die Sprache der E-Mails an die Person: de, en.'],
    ['Enddatum', 'Freiwillig. Der letzte Tag mit Zugang, zum Beispiel 31.12.2030.'],
    ['Administrator', 'Freiwillig. ja oder nein.'],
  ] as [string, string][],
  templateFile: 'personen-vorlage.csv',
  template: 'Name;E-Mail;Funktion;Telefon;Sprache;Enddatum;Administrator\r\n',
  tooLarge: 'Diese Datei ist größer als 100 MB; das ist keine Liste von Personen.',
  noRows: 'Die Datei nennt ihre Spalten, enthält aber niemanden.',
  who: ['Name', 'E-Mail'] as [string, string],
  canBeAdded: (count: number) =>
    count ? `${persons(count)} ${count === 1 ? 'kann' : 'können'} hinzugefügt werden` : null,
  canBeChanged: (count: number) =>
    count ? `${persons(count)} ${count === 1 ? 'kann' : 'können'} geändert werden` : null,
  areKnown: (count: number) =>
    count
      ? `${persons(count)} ${count === 1 ? 'steht' : 'stehen'} schon auf der Liste und ${count === 1 ? 'bleibt' : 'bleiben'} unverändert`
      : null,
  sendInvitations: 'Einladungen per E-Mail senden',
  sendInvitationsHint: 'Ohne sie können Sie die Einladungen später einzeln senden.',
  importNow: (count: number) => `${persons(count)} importieren`,
  faultyAreLeftOut:
    'Zeilen mit Fehlern werden ausgelassen. Berichtigen Sie sie in der Datei und importieren Sie diese noch einmal: Niemand wird doppelt hinzugefügt.',
  nothingToAdd: 'Alle in dieser Datei stehen schon auf der Liste: Es gibt nichts zu importieren.',
  addingProgress: (done: number, all: number) => `${number(done)} von ${persons(all)} hinzugefügt`,
  goOnIsSafe:
    '„Weiter“ macht dort weiter, wo es aufgehört hat; niemand wird doppelt hinzugefügt. Falls Sie diese Seite verlassen, wählen Sie hier dieselbe Datei noch einmal.',
  doneTitle: (added: number, _changed: number) =>
    added === 1 ? '1 Person wurde hinzugefügt' : `${number(added)} Personen wurden hinzugefügt`,
  wereAdded: (count: number) => (count ? `${persons(count)} hinzugefügt` : null),
  wereChanged: (count: number) => (count ? `${persons(count)} geändert` : null),
  doneInvited: 'Die Einladungen an sie sind unterwegs.',
  doneNotInvited: 'Es wurden keine Einladungen gesendet.',
  resultFile: 'import-ergebnis.csv',
  outcomes: {
    waiting: 'nicht geprüft',
    new: 'kann hinzugefügt werden',
    change: 'kann geändert werden',
    known: 'steht schon auf der Liste',
    invalid: 'Fehler',
    added: 'hinzugefügt',
    updated: 'geändert',
    earlier: 'schon durchgesehen',
  },
  knownRows: 'Wer schon auf der Liste steht',
  knownAs: 'Steht dort als',
  backToList: 'Zurück zu „Unsere Konten“',
}

export const accountColumns = {
  external_id: 'Nummer',
  name: 'Name',
  kind: 'Art',
  partner: 'Partner',
  plan: 'Servicevertrag',
  starts_on: 'Erster Tag',
  ends_on: 'Letzter Tag',
  time_zone: 'Zeitzone',
  email: 'E-Mail',
  phone: 'Telefon',
  website: 'Webseite',
  licences: 'Lizenzen',
}

export const accounts = {
  title: 'Konten importieren',
  lead: 'Übernehmen Sie Partner, Kunden und deren Serviceverträge aus einer CSV-Datei, wie Ihre Warenwirtschaft sie ausgibt.',
  steps: [
    'Wählen Sie die Datei. Dabei wird noch nichts geändert.',
    'Sehen Sie, was aus jeder Zeile würde und wo etwas nicht stimmt.',
    'Importieren Sie. Jedes Konto wird an seiner Nummer erkannt; dieselbe Datei darf also zweimal kommen, und die von morgen ändert, was anders ist.',
  ],
  fileHint: (most: number) =>
    `Wählen Sie sie hier oder ziehen Sie sie auf dieses Feld. Getrennt durch Komma, Semikolon oder Tabulator; bis zu ${number(most)} Konten.`,
  columns: [
    ['Nummer', 'Erforderlich. Ihre eigene Nummer des Kontos, an der es wiedererkannt wird.'],
    ['Name', 'Erforderlich. Der Name des Unternehmens.'],
    [
      'Art',
      'Freiwillig. Kunde oder Partner; ein neues Konto ist ein Kunde, wenn nichts anderes dasteht.',
    ],
    [
      'Partner',
      'Freiwillig. Die Nummer des zuständigen Partners, der über seinen Kunden steht oder schon da ist.',
    ],
    ['Servicevertrag', 'Der Name des Vertrags. Ein neuer Kunde muss einen haben.'],
    ['Erster Tag', 'Der erste Tag des Vertrags, zum Beispiel 01.01.2026.'],
    ['Letzter Tag', 'Der letzte Tag des Vertrags.'],
    [
      'Zeitzone',
      'Freiwillig. Wo die Tage des Vertrags gezählt werden, zum Beispiel Europe/Berlin.',
    ],
    ['E-Mail', 'Freiwillig. Ein gemeinsames Postfach.'],
    ['Telefon', 'Freiwillig. Die Telefonnummer.'],
    ['Webseite', 'Freiwillig. Eine Webseite, die mit https:// beginnt.'],
    ['Lizenzen', 'Freiwillig. Produkte mit ihrer Anzahl: Planner:10; Ledger.'],
  ] as [string, string][],
  templateFile: 'konten-vorlage.csv',
  template:
    'Nummer;Name;Art;Partner;Servicevertrag;Erster Tag;Letzter Tag;Zeitzone;E-Mail;Telefon;Webseite;Lizenzen\r\n',
  tooLarge: 'Diese Datei ist größer als 100 MB. Teilen Sie sie auf mehrere Dateien auf.',
  noRows: 'Die Datei nennt ihre Spalten, enthält aber kein Konto.',
  who: ['Nummer', 'Name'] as [string, string],
  canBeAdded: (count: number) =>
    count ? `${accountsOf(count)} ${count === 1 ? 'kann' : 'können'} angelegt werden` : null,
  canBeChanged: (count: number) =>
    count ? `${accountsOf(count)} ${count === 1 ? 'kann' : 'können'} geändert werden` : null,
  areKnown: (count: number) =>
    count
      ? `${accountsOf(count)} ${count === 1 ? 'ist' : 'sind'} schon so, wie es in der Datei steht`
      : null,
  importNow: (count: number) => `${accountsOf(count)} importieren`,
  faultyAreLeftOut:
    'Zeilen mit Fehlern werden ausgelassen. Berichtigen Sie sie in der Datei und importieren Sie diese noch einmal: Kein Konto wird doppelt angelegt.',
  nothingToAdd:
    'Alle Konten sind schon so, wie es in dieser Datei steht: Es gibt nichts zu importieren.',
  addingProgress: (done: number, all: number) =>
    `${number(done)} von ${accountsOf(all)} importiert`,
  goOnIsSafe:
    '„Weiter“ macht dort weiter, wo es aufgehört hat; kein Konto wird doppelt angelegt. Falls Sie diese Seite verlassen, wählen Sie hier dieselbe Datei noch einmal.',
  doneTitle: (added: number, changed: number) =>
    added + changed === 1
      ? '1 Konto wurde importiert'
      : `${number(added + changed)} Konten wurden importiert`,
  wereAdded: (count: number) => (count ? `${accountsOf(count)} angelegt` : null),
  wereChanged: (count: number) => (count ? `${accountsOf(count)} geändert` : null),
  resultFile: 'konten-ergebnis.csv',
  outcomes: {
    waiting: 'nicht geprüft',
    new: 'kann angelegt werden',
    change: 'kann geändert werden',
    known: 'unverändert',
    invalid: 'Fehler',
    added: 'angelegt',
    updated: 'geändert',
    earlier: 'schon durchgesehen',
  },
  knownRows: 'Welche Konten bleiben, wie sie sind',
  knownAs: 'Warum',
  backToList: 'Zurück zu den Kunden',
  mayNot: 'Nur Mitarbeiter des Anbieters dürfen Konten importieren.',
  toAccounts: 'Ihre Konten',
}
