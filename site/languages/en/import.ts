/** The texts of the pages that import people or accounts from a CSV file. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const number = (count: number) => new Intl.NumberFormat('en-GB').format(count)
const of = (one: string, many: string) => (count: number) =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`
const rows = of('row', 'rows')
const persons = of('person', 'people')
const accountsOf = of('account', 'accounts')

export const csvFile = 'CSV file'
export const columnsTitle = 'What the file contains'
export const columnsHint =
  'The first row has the column names, in any order, in English or German. Other columns are ignored.'
export const templateDownload = 'Download a template'
export const templateDelimiter = ','
export const reading = 'Reading the file'
export const openQuote = (record: number) =>
  `We cannot read the file: in row ${number(record)}, a quotation mark is never closed or has text after it.`
export const unreadableFile =
  'This is not a CSV file. Save it as CSV in your spreadsheet program, then choose that file.'
export const fileChanged =
  'The file was changed or moved after you chose it. Choose it again; what has been imported so far is kept.'
export const missingColumns = (missing: string[], there: string) =>
  `The file has no column ${missing.join(' and no column ')}. The first row must have the column names; it contains: ${there || '(nothing)'}`
export const tooManyRows = (count: number, most: number) =>
  `The file has ${number(count)} rows; you can import at most ${number(most)} at once. Split it into several files.`
export const previewingTitle = 'Preview: nothing is changed yet'
export const previewProgress = (done: number, all: number) =>
  `${number(done)} of ${rows(all)} checked`
export const previewTitle = 'Preview'
export const previewText = (file: Name) =>
  html`This is a preview of ${file}. Nothing has been changed yet.`
export const wereEarlier = (count: number) =>
  count
    ? `${rows(count)} ${count === 1 ? 'was' : 'were'} already processed by an import of this file that did not finish`
    : null
export const checkAll = 'Check those rows too'
export const haveErrors = (count: number) =>
  count ? `${rows(count)} ${count === 1 ? 'has' : 'have'} errors` : null
export const ignoredColumns = (ignored: Name) => html`Ignored columns: ${ignored}`
export const otherFile = 'Choose another file'
export const nothingToAddButErrors =
  'Nothing to import: the other rows have errors or are on the list already.'
export const importingTitle = 'Importing'
export const resultDownload = 'Download the result'
export const previewDownload = 'Download the preview'
export const outcomeColumn = 'outcome'
export const detailColumn = 'detail'
export const faultyRows = 'Rows with errors'
export const row = 'Row'
export const whatIsWrong = 'Error'
export const moreRows = (count: number) => `And ${rows(count)} more: see the result file.`

export const people = {
  title: 'Import people',
  lead: 'Add many people at once from a CSV file, saved by your spreadsheet program.',
  steps: [
    'Choose the file. Nothing is changed yet.',
    'Preview the result of every row, and fix any errors.',
    'Import. People already on the list stay unchanged, so you can import the same file again.',
  ],
  fileHint: (most: number) =>
    `Choose a file or drop it here. Separated by comma, semicolon or tab; up to ${number(most)} people.`,
  templateFile: 'people-template.csv',
  tooLarge: 'This file is larger than 100 MB. Check that it is a list of people.',
  noRows: 'The file has column names, but no people.',
  who: ['Name', 'E-mail'] as [string, string],
  canBeAdded: (count: number) => (count ? `${persons(count)} can be added` : null),
  canBeChanged: (count: number) => (count ? `${persons(count)} can be changed` : null),
  areKnown: (count: number) =>
    count
      ? `${persons(count)} ${count === 1 ? 'is' : 'are'} already on the list and ${count === 1 ? 'stays' : 'stay'} unchanged`
      : null,
  sendInvitations: 'Send the invitation e-mails',
  sendInvitationsHint: 'If you leave this off, you can send the invitations later, one by one.',
  importNow: (count: number) => `Import ${persons(count)}`,
  faultyAreLeftOut:
    'Rows with errors are skipped. Fix them in the file and import it again; nobody is added twice.',
  nothingToAdd: 'Nothing to import: everyone in this file is on the list already.',
  importProgress: (done: number, all: number) => `${number(done)} of ${persons(all)} added`,
  goOnIsSafe:
    'Continue picks up where the import stopped; nobody is added twice. If you leave this page, choose the same file here again to continue.',
  doneTitle: (added: number, _changed: number) =>
    added === 1 ? '1 person was added' : `${number(added)} people were added`,
  wereAdded: (count: number) => (count ? `${persons(count)} added` : null),
  wereChanged: (count: number) => (count ? `${persons(count)} changed` : null),
  doneInvited: 'Their invitation e-mails are on the way.',
  doneNotInvited: 'No invitations have been sent.',
  resultFile: 'import-result.csv',
  outcomes: {
    waiting: 'not checked',
    new: 'can be added',
    change: 'can be changed',
    known: 'on the list already',
    invalid: 'error',
    added: 'added',
    updated: 'changed',
    earlier: 'processed earlier',
  },
  knownRows: 'Already on the list',
  knownAs: 'Listed as',
  backToList: 'Back to People',
}

export const accounts = {
  title: 'Import accounts',
  lead: 'Import partners, customers and their service plans from a CSV file, such as an export from your ERP system.',
  steps: [
    'Choose the file. Nothing is changed yet.',
    'Preview the result of every row, and fix any errors.',
    'Import. Each account is identified by its number: importing the same file again changes nothing, and a newer file changes only what is different.',
  ],
  fileHint: (most: number) =>
    `Choose a file or drop it here. Separated by comma, semicolon or tab; up to ${number(most)} accounts.`,
  templateFile: 'accounts-template.csv',
  tooLarge: 'This file is larger than 100 MB. Split it into several files.',
  noRows: 'The file has column names, but no accounts.',
  who: ['Number', 'Name'] as [string, string],
  canBeAdded: (count: number) => (count ? `${accountsOf(count)} can be created` : null),
  canBeChanged: (count: number) => (count ? `${accountsOf(count)} can be changed` : null),
  areKnown: (count: number) =>
    count ? `${accountsOf(count)} already ${count === 1 ? 'matches' : 'match'} the file` : null,
  importNow: (count: number) => `Import ${accountsOf(count)}`,
  faultyAreLeftOut:
    'Rows with errors are skipped. Fix them in the file and import it again; no account is created twice.',
  nothingToAdd: 'Nothing to import: every account already matches this file.',
  importProgress: (done: number, all: number) => `${number(done)} of ${accountsOf(all)} imported`,
  goOnIsSafe:
    'Continue picks up where the import stopped; no account is created twice. If you leave this page, choose the same file here again to continue.',
  doneTitle: (added: number, changed: number) =>
    added + changed === 1
      ? '1 account was imported'
      : `${number(added + changed)} accounts were imported`,
  wereAdded: (count: number) => (count ? `${accountsOf(count)} created` : null),
  wereChanged: (count: number) => (count ? `${accountsOf(count)} changed` : null),
  resultFile: 'accounts-result.csv',
  outcomes: {
    waiting: 'not checked',
    new: 'can be created',
    change: 'can be changed',
    known: 'unchanged',
    invalid: 'error',
    added: 'created',
    updated: 'changed',
    earlier: 'processed earlier',
  },
  knownRows: 'Unchanged accounts',
  knownAs: 'Why',
  backToList: 'Back to customers',
  mayNot: 'Only the vendor’s staff can import accounts.',
  toAccounts: 'Your accounts',
}
