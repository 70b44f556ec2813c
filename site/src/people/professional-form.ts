/** The fields of a professional's profile. */
import * as text from '#language/people.ts'
import type { FieldError, Professional } from '../api/contract.ts'
import { checkEmail, checkEndDate, checkName, checkPhone } from '../api/person-rules.ts'
import type { Problem } from '../api/problem.ts'
import { languages } from '../lib/brand.ts'
import type { Field } from '../ui/form/form.ts'
import { languageName } from '../words/codes.ts'

/**
 * Returns the fields that anyone who may edit a profile can edit.
 *
 * `isOwn` lets the browser fill in the user's own data.
 */
export function profileFields(isOwn: boolean, current?: Professional): Field[] {
  const codes =
    current && !languages.includes(current.language) ? [...languages, current.language] : languages
  return [
    {
      name: 'name',
      label: text.name,
      type: 'text',
      required: true,
      rule: checkName,
      autocomplete: isOwn ? 'name' : 'off',
    },
    {
      name: 'email',
      label: text.email,
      type: 'email',
      required: true,
      rule: checkEmail,
      autocomplete: isOwn ? 'email' : 'off',
      hint: text.emailHint,
    },
    {
      name: 'title',
      label: text.jobTitle,
      type: 'text',
      rule: checkName,
      autocomplete: isOwn ? 'organization-title' : 'off',
    },
    {
      name: 'phone',
      label: text.phone,
      type: 'tel',
      rule: checkPhone,
      autocomplete: isOwn ? 'tel' : 'off',
    },
    {
      name: 'language',
      label: text.mailLanguage,
      type: 'select',
      required: true,
      choices: codes.map((code) => ({ value: code, label: languageName(code) })),
    },
  ]
}

/** Returns the fields for people who manage an account: the end date too. */
export function managedFields(current?: Professional): Field[] {
  const before = current?.ends_on
  // An end date in the past may stay while other fields change.
  const rule: Field['rule'] = (value) => (value === before ? null : checkEndDate(value))
  return [
    ...profileFields(false, current),
    { name: 'ends_on', label: text.endDate, type: 'date', rule, hint: text.endDateHint },
  ]
}

/** Returns the field errors of a problem with a profile. */
export function profileErrors(problem: Problem): FieldError[] {
  switch (problem.kind) {
    case 'duplicate-email':
      return [{ field: 'email', code: 'taken', reason: problem.name }]
    case 'role-required':
      return [{ field: 'ends_on', code: 'role-held' }]
    default:
      return []
  }
}
