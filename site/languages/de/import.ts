/** Die Texte der Seiten, die Personen oder Konten aus einer CSV-Datei importieren. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const number = (count: number) => new Intl.NumberFormat('de-DE').format(count)
const of = (one: string, many: string) => (count: number) =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`
const rows = of('Zeile', 'Zeilen')
const persons = of('Person', 'Personen')
const accountsOf = of('Konto', 'Konten')

export const csvFile = 'CSV-Datei'
export const columnsTitle = 'Was die Datei enthält'
export const columnsHint =
  'Die erste Zeile enthält die Spaltennamen, in beliebiger Reihenfolge, auf Deutsch oder Englisch. Andere Spalten werden ignoriert.'
export const templateDownload = 'Vorlage herunterladen'
export const templateDelimiter = ';'
export const reading = 'Die Datei wird gelesen'
export const openQuote = (record: number) =>
  `Die Datei lässt sich nicht lesen: In Zeile ${number(record)} ist ein Anführungszeichen nicht geschlossen, oder danach folgt noch Text.`
export const unreadableFile =
  'Das ist keine CSV-Datei. Speichern Sie sie in Ihrer Tabellenkalkulation als CSV und wählen Sie dann diese Datei.'
export const fileChanged =
  'Die Datei wurde geändert oder verschoben, nachdem Sie sie gewählt haben. Wählen Sie sie noch einmal; was schon importiert ist, bleibt.'
export const missingColumns = (missing: string[], there: string) =>
  `In der Datei fehlt die Spalte ${missing.join(' und die Spalte ')}. Die erste Zeile muss die Spaltennamen enthalten; dort steht: ${there || '(nichts)'}`
export const tooManyRows = (count: number, most: number) =>
  `Die Datei hat ${number(count)} Zeilen; auf einmal lassen sich höchstens ${number(most)} importieren. Teilen Sie sie auf mehrere Dateien auf.`
export const previewingTitle = 'Vorschau: Es wird noch nichts geändert'
export const previewProgress = (done: number, all: number) =>
  `${number(done)} von ${rows(all)} geprüft`
export const previewTitle = 'Vorschau'
export const previewText = (file: Name) =>
  html`Das ist eine Vorschau von ${file}. Es wurde noch nichts geändert.`
export const wereEarlier = (count: number) =>
  count
    ? `${rows(count)} ${count === 1 ? 'ist' : 'sind'} schon von einem Import dieser Datei verarbeitet, der nicht abgeschlossen wurde`
    : null
export const checkAll = 'Auch diese Zeilen prüfen'
export const haveErrors = (count: number) => (count ? `${rows(count)} mit Fehlern` : null)
export const ignoredColumns = (ignored: Name) => html`Ignorierte Spalten: ${ignored}`
export const otherFile = 'Andere Datei wählen'
export const nothingToAddButErrors =
  'Nichts zu importieren: Die übrigen Zeilen haben Fehler oder stehen schon auf der Liste.'
export const importingTitle = 'Import läuft'
export const resultDownload = 'Ergebnis herunterladen'
export const previewDownload = 'Vorschau herunterladen'
export const outcomeColumn = 'Ergebnis'
export const detailColumn = 'Einzelheiten'
export const faultyRows = 'Zeilen mit Fehlern'
export const row = 'Zeile'
export const whatIsWrong = 'Fehler'
export const moreRows = (count: number) => `Und ${rows(count)} mehr: siehe Ergebnisdatei.`

export const people = {
  title: 'Personen importieren',
  lead: 'Fügen Sie viele Personen auf einmal aus einer CSV-Datei hinzu, die Ihr Tabellenprogramm gespeichert hat.',
  steps: [
    'Wählen Sie die Datei. Dabei wird noch nichts geändert.',
    'Sehen Sie sich die Vorschau für jede Zeile an und berichtigen Sie Fehler.',
    'Importieren Sie. Wer schon auf der Liste steht, bleibt unverändert; Sie können dieselbe Datei also noch einmal importieren.',
  ],
  fileHint: (most: number) =>
    `Wählen Sie eine Datei oder ziehen Sie sie hierher. Getrennt durch Komma, Semikolon oder Tabulator; bis zu ${number(most)} Personen.`,
  templateFile: 'personen-vorlage.csv',
  tooLarge: 'Diese Datei ist größer als 100 MB. Prüfen Sie, ob es eine Liste von Personen ist.',
  noRows: 'Die Datei enthält Spaltennamen, aber keine Personen.',
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
  sendInvitationsHint: 'Ohne Häkchen können Sie die Einladungen später einzeln senden.',
  importNow: (count: number) => `${persons(count)} importieren`,
  faultyAreLeftOut:
    'Zeilen mit Fehlern werden übersprungen. Berichtigen Sie sie in der Datei und importieren Sie diese noch einmal; niemand wird doppelt hinzugefügt.',
  nothingToAdd: 'Nichts zu importieren: Alle in dieser Datei stehen schon auf der Liste.',
  importProgress: (done: number, all: number) => `${number(done)} von ${persons(all)} hinzugefügt`,
  goOnIsSafe:
    '„Weiter“ setzt den Import dort fort, wo er angehalten hat; niemand wird doppelt hinzugefügt. Wenn Sie diese Seite verlassen, wählen Sie später hier dieselbe Datei noch einmal.',
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
    earlier: 'früher verarbeitet',
  },
  knownRows: 'Schon auf der Liste',
  knownAs: 'Steht dort als',
  backToList: 'Zurück zu „Personen“',
}

export const accounts = {
  title: 'Konten importieren',
  lead: 'Importieren Sie Partner, Kunden und deren Serviceverträge aus einer CSV-Datei, zum Beispiel einem Export aus Ihrem ERP-System.',
  steps: [
    'Wählen Sie die Datei. Dabei wird noch nichts geändert.',
    'Sehen Sie sich die Vorschau für jede Zeile an und berichtigen Sie Fehler.',
    'Importieren Sie. Jedes Konto wird an seiner Nummer erkannt: Dieselbe Datei noch einmal ändert nichts, eine neuere nur, was anders ist.',
  ],
  fileHint: (most: number) =>
    `Wählen Sie eine Datei oder ziehen Sie sie hierher. Getrennt durch Komma, Semikolon oder Tabulator; bis zu ${number(most)} Konten.`,
  templateFile: 'konten-vorlage.csv',
  tooLarge: 'Diese Datei ist größer als 100 MB. Teilen Sie sie auf mehrere Dateien auf.',
  noRows: 'Die Datei enthält Spaltennamen, aber keine Konten.',
  who: ['Nummer', 'Name'] as [string, string],
  canBeAdded: (count: number) =>
    count ? `${accountsOf(count)} ${count === 1 ? 'kann' : 'können'} angelegt werden` : null,
  canBeChanged: (count: number) =>
    count ? `${accountsOf(count)} ${count === 1 ? 'kann' : 'können'} geändert werden` : null,
  areKnown: (count: number) =>
    count ? `${accountsOf(count)} ${count === 1 ? 'ist' : 'sind'} schon so wie in der Datei` : null,
  importNow: (count: number) => `${accountsOf(count)} importieren`,
  faultyAreLeftOut:
    'Zeilen mit Fehlern werden übersprungen. Berichtigen Sie sie in der Datei und importieren Sie diese noch einmal; kein Konto wird doppelt angelegt.',
  nothingToAdd: 'Nichts zu importieren: Alle Konten stimmen schon mit dieser Datei überein.',
  importProgress: (done: number, all: number) =>
    `${number(done)} von ${accountsOf(all)} importiert`,
  goOnIsSafe:
    '„Weiter“ setzt den Import dort fort, wo er angehalten hat; kein Konto wird doppelt angelegt. Wenn Sie diese Seite verlassen, wählen Sie später hier dieselbe Datei noch einmal.',
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
    earlier: 'früher verarbeitet',
  },
  knownRows: 'Unveränderte Konten',
  knownAs: 'Warum',
  backToList: 'Zurück zu den Kunden',
  mayNot: 'Nur Mitarbeitende des Anbieters können Konten importieren.',
  toAccounts: 'Ihre Konten',
}
