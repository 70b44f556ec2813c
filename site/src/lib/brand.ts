/**
 * The vendor's own words: `config.toml` holds them, every page carries them on its root element.
 */
import { html } from 'lit-html'

const given = document.documentElement.dataset

/** The vendor's name. */
export const vendor = given.vendor ?? ''

/** The mailbox for people who have nobody else to ask for access. */
export const accessMailbox = given.accessMailbox ?? ''

/** Returns a `mailto:` link, by default to the access mailbox. */
export const mailboxLink = (address = accessMailbox) =>
  html`<a href="mailto:${address}">${address}</a>`

/** The vendor's word for its resellers, as used in a sentence: "partner". */
export const partnerWord = given.partner ?? 'partner'

/** Codes of the languages in which e-mails are sent. */
export const languages = (given.languages ?? 'en').split(' ')
