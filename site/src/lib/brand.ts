/** The vendor's own words, which `config.toml` holds and every page carries on its root element. */
import { html } from 'lit-html'

const given = document.documentElement.dataset

/** The vendor's name. */
export const vendor = given.vendor ?? ''

/** The mailbox to write to when nobody else can give access. */
export const accessMailbox = given.accessMailbox ?? ''

/** A link that writes to the access mailbox, or to another address. */
export const mailboxLink = (address = accessMailbox) =>
  html`<a href="mailto:${address}">${address}</a>`

/** What the vendor calls its resellers, in a sentence: "partner". */
export const partnerWord = given.partner ?? 'partner'

/** The languages that mails can be written in, by code. */
export const languages = (given.languages ?? 'en').split(' ')
