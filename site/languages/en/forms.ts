/** What every form says. */

export const optional = '(optional)'
export const checkWhatYouTyped = 'Please check what you typed.'

/** What is wrong with a field, by the rule's code. `most` is the number in the rule. */
export const faults: Record<string, (field: string, most: number) => string> = {
  missing: (field) => `${field} is missing.`,
  empty: (field) => `${field} must not be empty.`,
  'too-long': (field, most) => `${field} must have at most ${most} characters.`,
  invisible: (field) => `${field} must not contain line breaks or invisible signs.`,
  'no-letter': (field) => `${field} must contain a letter or a digit.`,
  'address-inside': (field) => `${field} must not contain a web or e-mail address.`,
  'link-inside': (field) =>
    `${field} must not contain a web address; put a space after a full stop.`,
  telephone: (field, most) =>
    `${field} must be a telephone number such as +49 30 1234567, with at most ${most} characters.`,
  language: (field) => `${field} must be a language code such as en or pt-BR.`,
  email: (field) => `${field} must look like name@example.org.`,
  'email-accent': (field) =>
    `${field} must have only unaccented letters, digits and signs before the @.`,
  date: (field) => `${field} must be a date, such as 2030-12-31.`,
  past: (field) => `${field} must not be in the past. To end access now, delete the profile.`,
  ended: (field) => `${field} has passed: set a later one before you send an invitation.`,
  'role-held': (field) =>
    `${field} must stay empty for an administrator or contact, whose role would end with it.`,
  repeated: (field) => `${field} stands in a row above already.`,
  'too-many': (field, most) => `${field} must be at most ${most}.`,
  'web-page': (field, most) =>
    `${field} must be a web page such as https://www.example.org, with at most ${most} characters.`,
  'external-id': (field, most) =>
    `${field} must have 1 to ${most} unaccented letters, digits and signs without spaces.`,
  order: (field) => `${field} must not be before the first day.`,
  kind: (field) => `${field} must be customer or partner.`,
  'kind-fixed': (field) =>
    `${field} must be what the account is already; a new account is needed for another kind.`,
  'no-such-partner': (field) =>
    `${field} must be the number of a partner that is there already, or that stands above its customers.`,
  licences: (field) =>
    `${field} must be products with their quantities, such as Planner:10; Ledger.`,
  'repeated-product': (field) => `${field} must name each product once.`,
  'repeated-id': (field) => `${field} stands in a row above already.`,
  'partner-of-no-customer': (field) =>
    `${field} must be left out: only a customer has a partner of record.`,
  'no-partner': (field) => `${field} cannot be set: no partner looks after the account.`,
  'not-a-partner': (field) => `${field} must be a partner’s account.`,
  unknown: (field) => `${field} must be a professional of this account.`,
  ineligible: (field) => `${field} must be a professional of this account without an end date.`,
  'ineligible-successor': (field) =>
    `${field} must be another professional of this account without an end date.`,
  'incomplete-link': (field) =>
    `${field} is not a whole link; open it from the e-mail again, or copy all of it.`,
  'not-an-administrator': (field) => `${field} must be administrators of this account.`,
  'time-zone': (field) => `${field} must be a time zone, such as Europe/Berlin.`,
  time: (field) => `${field} must be a time, such as 2026-11-22T12:00:00Z.`,
  future: (field) => `${field} must not be in the future.`,
  'open-requests': (field, most) =>
    `${field} must wait: you have ${most} open requests. Withdraw one of them first, or wait for an answer.`,
  'not-asked-for': (field) => `${field} must be left out for this decision.`,
  'no-account-for-access': (field) =>
    `${field} must be the account that the person belongs to, and another than this one.`,
  quantity: (field) => `${field} must be at least 1, or left out where the product is not counted.`,
  rows: (field, most) => `${field} must be 1 to ${most} rows.`,
  'yes-or-no': (field) => `${field} must be yes or no.`,
}

export const otherFault = (field: string) => `${field} cannot be accepted like this.`
export const taken = (field: string, owner: string) => `${field} belongs to ${owner} already.`
