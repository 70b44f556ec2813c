/** Draws a profile's data for reading. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import type { Invitation, Professional } from '../api/contract.ts'
import { tag } from '../ui/tag/tag.ts'
import {
  formatDay,
  formatMoment,
  languageName,
  permissionName,
  roleName,
  stateWords,
} from '../words/codes.ts'
import { identityAddress } from '../words/identity-address.ts'
import { hiddenDeliveryState } from './undelivered.ts'

type Words = string | TemplateResult | null

export function facts(person: Professional) {
  const { identity, invitation } = person
  return html`
    <dl class="facts card">
      ${fact(text.name, typedText(person.name))} ${fact(text.email, emailText(person.email))}
      ${
        person.pending_email
          ? fact(text.newEmail, text.notConfirmed(emailText(person.pending_email.email)))
          : nothing
      }
      ${fact(text.jobTitle, typedText(person.title))} ${fact(text.phone, typedText(person.phone))}
      ${fact(text.mailLanguage, languageName(person.language))}
      ${fact(
        text.roles,
        person.roles.length
          ? html`<span class="tags"
              >${person.roles.map((code) => tag(roleName(code), 'plain'))}</span
            >`
          : text.noRoles,
      )}
      ${person.staff_permissions ? fact(text.staffPermissions, permissions(person)) : nothing}
      ${fact(text.endDate, person.ends_on ? formatDay(person.ends_on) : text.noEndDate)}
      ${fact(
        text.identity,
        identity
          ? text.linkedIdentity(
              html`<bdi>${[identity.name, identityAddress(identity)].filter(Boolean).join(', ')}</bdi>`,
              identity.provider,
              formatMoment(identity.linked_at),
            )
          : text.noIdentity,
      )}
      ${
        invitation && invitation.state !== 'accepted'
          ? fact(text.invitation, withDeliveryState(person, invitationWords(invitation)))
          : nothing
      }
      ${fact(text.lastSignIn, person.last_sign_in ? formatMoment(person.last_sign_in) : text.never)}
    </dl>
  `
}

function permissions({ staff_permissions = [] }: Professional): Words {
  if (!staff_permissions.length) return text.readsOnly
  return html`<span class="tags"
    >${staff_permissions.map((code) => tag(permissionName(code), 'plain'))}</span
  >`
}

/** Draws an e-mail address that breaks before the @ when it does not fit. */
export function emailText(address: string) {
  const at = Math.max(address.lastIndexOf('@'), 0)
  return html`<bdi>${address.slice(0, at)}<wbr />${address.slice(at)}</bdi>`
}

/** Isolates typed text, which may run from right to left. */
function typedText(value: string | null): Words {
  return value ? html`<bdi>${value}</bdi>` : null
}

function invitationWords({ state, created_at, expires_at }: Invitation): string {
  if (state === 'revoked') return text.invitationRevoked(formatMoment(created_at))
  const words = Date.parse(expires_at) > Date.now() ? text.invitationOpen : text.invitationOver
  return words(formatMoment(created_at), formatMoment(expires_at))
}

/** Adds the delivery state, unless the profile already shows it. */
function withDeliveryState(person: Professional, words: string): string {
  const trouble = hiddenDeliveryState(person)
  return trouble ? text.invitationState(stateWords(trouble).label, words) : words
}

function fact(name: string, value: Words) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value ?? '–'}</dd>
  </div>`
}
