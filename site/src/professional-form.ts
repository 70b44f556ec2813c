/** The fields of a professional's profile. */
import { languages } from './brand.ts'
import type { Professional } from './contract.ts'
import type { Field } from './form.ts'
import { language } from './words.ts'

const END_DATE: Field = {
  name: 'ends_on',
  label: 'End date',
  type: 'date',
  hint: 'The last day of access, for example of a temporary worker. Leave it empty for no end.',
}

/** The fields that everybody who may change a profile can change. `mine` tells the browser to offer my own data. */
export function profileFields(mine: boolean, current?: Professional): Field[] {
  const codes = current && !languages.includes(current.language) ? [...languages, current.language] : languages
  return [
    { name: 'name', label: 'Name', type: 'text', required: true, autocomplete: mine ? 'name' : 'off' },
    {
      name: 'email',
      label: 'E-mail',
      type: 'email',
      required: true,
      autocomplete: mine ? 'email' : 'off',
      hint: 'Invitations go to this address. It may differ from the one used to sign in.',
    },
    { name: 'title', label: 'Job title', type: 'text', autocomplete: mine ? 'organization-title' : 'off' },
    { name: 'phone', label: 'Telephone', type: 'tel', autocomplete: mine ? 'tel' : 'off' },
    {
      name: 'language',
      label: 'Language of e-mails',
      type: 'select',
      required: true,
      choices: codes.map((code) => ({ value: code, label: language(code) })),
    },
  ]
}

/** The fields for those who manage an account's people: the end date too. */
export function managedFields(current?: Professional): Field[] {
  return [...profileFields(false, current), END_DATE]
}
