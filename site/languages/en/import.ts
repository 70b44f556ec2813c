/** What the pages say that import a CSV file: of people, and of accounts. */
import { html, type TemplateResult } from 'lit-html'

type Name = TemplateResult | string

const number = (count: number) => new Intl.NumberFormat('en-GB').format(count)
const of = (one: string, many: string) => (count: number) =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`
const rows = of('row', 'rows')
const persons = of('person', 'people')
const accountsOf = of('account', 'accounts')

export const csvFile = 'CSV file'
export const columnsTitle = 'What the file holds'
export const columnsHint =
  'The first row names the columns, in any order, in English or German. Other columns are left aside.'
export const templateDownload = 'Download a template'
export const reading = 'The file is being read.'
export const openQuote = (record: number) =>
  `The file cannot be read: a quotation mark in row ${number(record)} is opened and never closed, or has something after it.`
export const unreadableFile =
  'This is not a CSV file. Save it in your spreadsheet as CSV, then choose that file.'
export const fileChanged =
  'The file has been changed or moved since you chose it. Choose it again: what has been imported stays as it is.'
export const lackingColumns = (lacking: string[], there: string) =>
  `The file has no column ${lacking.join(' and no column ')}. Its first row must name the columns; it reads: ${there || '(empty)'}`
export const tooManyRows = (count: number, most: number) =>
  `The file holds ${number(count)} rows; at most ${number(most)} can be imported at once. Divide it into several files.`
export const tryingTitle = 'Trial run: nothing is changed'
export const tryingProgress = (done: number, all: number) =>
  `${number(done)} of ${rows(all)} checked`
export const triedTitle = 'What would become of the file'
export const triedText = (file: Name) =>
  html`This was a trial run of ${file}. Nothing has been changed yet.`
export const wereEarlier = (count: number) =>
  count
    ? `${rows(count)} ${count === 1 ? 'was' : 'were'} gone through by an import of this file that did not come to its end`
    : null
export const checkAll = 'Check those rows too'
export const haveErrors = (count: number) =>
  count ? `${rows(count)} ${count === 1 ? 'has' : 'have'} errors` : null
export const ignoredColumns = (ignored: Name) => html`Columns left aside: ${ignored}`
export const otherFile = 'Choose another file'
export const nothingToAddButErrors = 'No row of this file can be imported as it is.'
export const addingTitle = 'Importing'
export const resultDownload = 'Download the result'
export const trialDownload = 'Download the result of the trial run'
export const outcomeColumn = 'outcome'
export const detailColumn = 'detail'
export const faultyRows = 'Rows with errors'
export const row = 'Row'
export const whatIsWrong = 'What is wrong'
export const moreRows = (count: number) =>
  `And ${rows(count)} more: the result file names them all.`

export const people = {
  title: 'Import people',
  lead: 'Add many people at once from a CSV file, such as a spreadsheet saves.',
  steps: [
    'Choose the file. Nothing is changed yet.',
    'See what would become of every row, and what is wrong where.',
    'Import. Whoever is on the list already stays as they are, so the same file can be used twice.',
  ],
  fileHint: (most: number) =>
    `Choose it here, or drop it on this field. Separated by comma, semicolon or tab; up to ${number(most)} people.`,
  columns: [
    ['name', 'Required. The person’s full name.'],
    ['email', 'Required. The address that the invitation goes to; it tells people apart.'],
    ['title', 'Optional. The job title.'],
    ['phone', 'Optional. The telephone number.'],
    ['language', 'Optional. The language of e-mails to the person: en, de.'],
    ['ends_on', 'Optional. The last day of access, such as 2030-12-31.'],
    ['administrator', 'Optional. yes or no.'],
  ] as [string, string][],
  templateFile: 'people-template.csv',
  template: 'name,email,title,phone,language,ends_on,administrator\r\n',
  tooLarge: 'This file is larger than 100 MB, which is no list of people.',
  noRows: 'The file names its columns, but holds nobody.',
  who: ['Name', 'E-mail'] as [string, string],
  canBeAdded: (count: number) => (count ? `${persons(count)} can be added` : null),
  canBeChanged: (count: number) => (count ? `${persons(count)} can be changed` : null),
  areKnown: (count: number) =>
    count
      ? `${persons(count)} ${count === 1 ? 'is' : 'are'} on the list already and ${count === 1 ? 'stays' : 'stay'} unchanged`
      : null,
  sendInvitations: 'Send the invitation e-mails',
  sendInvitationsHint: 'Without them, you can send the invitations later, one by one.',
  importNow: (count: number) => `Import ${persons(count)}`,
  faultyAreLeftOut:
    'Rows with errors are left out. Mend them in the file, then import it once more: nobody is added twice.',
  nothingToAdd: 'Everybody in this file is on the list already: there is nothing to import.',
  addingProgress: (done: number, all: number) => `${number(done)} of ${persons(all)} added`,
  goOnIsSafe:
    'Continue goes on where it stopped; nobody is added twice. Should you leave this page, choose the same file here again to go on.',
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
    earlier: 'gone through earlier',
  },
  knownRows: 'Who is on the list already',
  knownAs: 'Listed as',
  backToList: 'Back to Our accounts',
}

export const accountColumns = {
  external_id: 'Number',
  name: 'Name',
  kind: 'Kind',
  partner: 'Partner',
  plan: 'Service plan',
  starts_on: 'First day',
  ends_on: 'Last day',
  time_zone: 'Time zone',
  email: 'E-mail',
  phone: 'Telephone',
  website: 'Website',
  licences: 'Licences',
}

export const accounts = {
  title: 'Import accounts',
  lead: 'Bring partners, customers and their service plans in from a CSV file, such as your own books export.',
  steps: [
    'Choose the file. Nothing is changed yet.',
    'See what would become of every row, and what is wrong where.',
    'Import. Each account is known by its number, so the same file can be used twice, and tomorrow’s changes what is different.',
  ],
  fileHint: (most: number) =>
    `Choose it here, or drop it on this field. Separated by comma, semicolon or tab; up to ${number(most)} accounts.`,
  columns: [
    ['external_id', 'Required. Your own number of the account, by which it is known again.'],
    ['name', 'Required. The organisation’s name.'],
    [
      'kind',
      'Optional. customer or partner; a new account is a customer unless it says otherwise.',
    ],
    [
      'partner',
      'Optional. The number of the customer’s partner, which stands above its customers or is there already.',
    ],
    ['plan', 'The service plan’s name. A new customer has to have one.'],
    ['starts_on', 'The plan’s first day, such as 2026-01-01.'],
    ['ends_on', 'The plan’s last day.'],
    ['time_zone', 'Optional. Where the plan’s days are counted, such as Europe/Berlin.'],
    ['email', 'Optional. A shared mailbox.'],
    ['phone', 'Optional. The telephone number.'],
    ['website', 'Optional. A web page that begins with https://.'],
    ['licences', 'Optional. Products with their quantities: Planner:10; Ledger.'],
  ] as [string, string][],
  templateFile: 'accounts-template.csv',
  template:
    'external_id,name,kind,partner,plan,starts_on,ends_on,time_zone,email,phone,website,licences\r\n',
  tooLarge: 'This file is larger than 100 MB. Divide it into several files.',
  noRows: 'The file names its columns, but holds no account.',
  who: ['Number', 'Name'] as [string, string],
  canBeAdded: (count: number) => (count ? `${accountsOf(count)} can be created` : null),
  canBeChanged: (count: number) => (count ? `${accountsOf(count)} can be changed` : null),
  areKnown: (count: number) =>
    count ? `${accountsOf(count)} ${count === 1 ? 'is' : 'are'} as the file says already` : null,
  importNow: (count: number) => `Import ${accountsOf(count)}`,
  faultyAreLeftOut:
    'Rows with errors are left out. Mend them in the file, then import it once more: no account is created twice.',
  nothingToAdd: 'Every account is as this file says already: there is nothing to import.',
  addingProgress: (done: number, all: number) => `${number(done)} of ${accountsOf(all)} imported`,
  goOnIsSafe:
    'Continue goes on where it stopped; no account is created twice. Should you leave this page, choose the same file here again to go on.',
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
    earlier: 'gone through earlier',
  },
  knownRows: 'Which accounts stay as they are',
  knownAs: 'Why',
  backToList: 'Back to the customers',
  mayNot: 'Only the vendor’s staff may import accounts.',
  toAccounts: 'Your accounts',
}
