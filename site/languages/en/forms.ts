/** Texts of all forms. */

export const optional = '(optional)'
export const checkWhatYouTyped = 'Please check what you entered.'

/** Messages of field errors, by code. `most` is the rule's limit. */
export const fieldErrors: Record<string, (field: string, most: number) => string> = {
  missing: (field) => `${field} is required.`,
  empty: (field) => `${field} cannot be empty.`,
  'too-long': (field, most) => `${field} can have at most ${most} characters.`,
  invisible: (field) => `${field} cannot contain line breaks or invisible characters.`,
  'stacked-marks': (field) => `${field} cannot have several accents or marks on one letter.`,
  'unknown-character': (field) =>
    `${field} cannot contain characters that other devices cannot show, such as icons of a font.`,
  'no-letter': (field) => `${field} must contain a letter or a digit.`,
  'address-inside': (field) => `${field} cannot contain a web or e-mail address.`,
  'link-inside': (field) => `${field} cannot contain a web address; put a space after a full stop.`,
  telephone: (field, most) =>
    `${field} must be a telephone number such as +49 30 1234567, with at most ${most} characters.`,
  language: (field) => `${field} must be a language code such as en or pt-BR.`,
  email: (field) => `${field} must be an e-mail address, such as name@example.org.`,
  'email-accent': (field) =>
    `${field} can only have letters without accents, digits and symbols before the @.`,
  date: (field) => `${field} must be a date, such as 2030-12-31.`,
  past: (field) => `${field} cannot be in the past. To end access now, delete the profile.`,
  ended: (field) => `${field} has passed. Set a later date before you send an invitation.`,
  'role-held': (field) =>
    `${field} must stay empty for administrators and contacts: their role would end with it.`,
  repeated: (field) => `This ${field.toLowerCase()} already appears in an earlier row.`,
  'too-many': (field, most) => `${field} can have at most ${most} entries.`,
  'web-page': (field, most) =>
    `${field} must be a web page such as https://www.example.org, with at most ${most} characters.`,
  'external-id': (field, most) =>
    `${field} must be 1 to ${most} letters without accents, digits and symbols, with no spaces.`,
  order: (field) => `${field} cannot be before the first day.`,
  kind: (field) => `${field} must be customer or partner.`,
  'kind-fixed': (field) => `${field} cannot be changed. Create a new account for a different kind.`,
  'no-such-partner': (field) =>
    `${field} must be the number of an existing partner, or of a partner in an earlier row.`,
  'no-such-notices': (field) => `${field} is not a kind of e-mail that can be chosen.`,
  'no-such-choice': (field) => `${field} must be one of the choices in your profile.`,
  licences: (field) => `${field} must list products with quantities, such as Planner:10; Ledger.`,
  'repeated-product': (field) => `${field} can list each product only once.`,
  'repeated-id': (field) => `This ${field.toLowerCase()} already appears in an earlier row.`,
  'partner-of-no-customer': (field) => `${field} must be empty: only customers have a partner.`,
  'plan-of-vendor': (field) =>
    `${field} must be empty: the vendor’s own account needs no plan and never expires.`,
  'staff-of-vendor': (field) =>
    `${field} must be empty: only the vendor’s own account has permissions of its staff.`,
  'staff-only': (field) => `${field} can be changed only by the vendor’s staff. Ask them.`,
  'plan-not-offered': (field) => `${field} must be one of the plans that you can give.`,
  'plan-term': (field, most) =>
    `${field} must be within ${most} months of the plan’s first day, or of today if that is earlier.`,
  'no-partner': (field) => `${field} cannot be set: this account has no partner.`,
  'not-a-partner': (field) => `${field} must be a partner’s account.`,
  unknown: (field) => `${field} must be a professional of this account.`,
  ineligible: (field) => `${field} must be a professional of this account without an end date.`,
  'ineligible-successor': (field) =>
    `${field} must be another professional of this account without an end date.`,
  'too-many-administrators': (field, most) =>
    `${field}: an account can have at most ${most} administrators. Take the role from someone first.`,
  'incomplete-link': (field) =>
    `${field} is incomplete. Open the link from the e-mail again, or copy all of it.`,
  'not-an-administrator': (field) => `${field} can only list administrators of this account.`,
  'time-zone': (field) => `${field} must be a time zone, such as Europe/Berlin.`,
  time: (field) => `${field} must be a time, such as 2026-11-22T12:00:00Z.`,
  future: (field) => `${field} cannot be in the future.`,
  'open-requests': (field, most) =>
    `${field}: you already have ${most} open requests. Withdraw one of them, or wait for an answer.`,
  'not-asked-for': (field) => `${field} must be left out for this decision.`,
  'no-account-for-access': (field) =>
    `${field} must be the account this person belongs to, and not this one.`,
  quantity: (field) => `${field} must be at least 1, or empty if the product is not counted.`,
  'mail-domain': (field) =>
    `${field} must be domains of e-mail addresses, such as customer.example.`,
  issuer: (field, most) =>
    `${field} must be issuers such as https://accounts.google.com, with at most ${most} characters each, or IDs of Microsoft Entra tenants.`,
  rows: (field, most) => `${field} must be 1 to ${most} rows.`,
  'yes-or-no': (field) => `${field} must be yes or no.`,
}

export const otherFieldError = (field: string) => `${field} is not valid.`
export const taken = (field: string, owner: string) => `${field} already belongs to ${owner}.`
