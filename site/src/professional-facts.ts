/** All that a profile holds, for reading. */
import { html, nothing } from 'lit-html'
import type { Invitation, Professional } from './contract.ts'
import { day, language, moment, roles } from './words.ts'

export function facts(person: Professional) {
  const { identity, invitation } = person
  return html`
    <dl class="facts card">
      ${fact('Name', person.name)} ${fact('E-mail', person.email)} ${fact('Job title', person.title)}
      ${fact('Telephone', person.phone)} ${fact('Language of e-mails', language(person.language))}
      ${fact('Roles', person.roles.length ? roles(person.roles) : 'None')}
      ${fact('End date', person.ends_on ? day(person.ends_on) : 'None')}
      ${fact(
        'Identity',
        identity
          ? `${[identity.name, identity.email].filter(Boolean).join(', ')} (${identity.provider}), linked ${moment(identity.linked_at)}`
          : 'None linked yet',
      )}
      ${invitation && invitation.state !== 'accepted' ? fact('Invitation', invitationWords(invitation)) : nothing}
      ${fact('Last sign-in', person.last_sign_in ? moment(person.last_sign_in) : 'Never')}
    </dl>
  `
}

function invitationWords({ state, created_at, expires_at }: Invitation): string {
  const requested = `Requested ${moment(created_at)}`
  if (state === 'revoked') return `${requested}, revoked since`
  return `${requested}; its link ${Date.parse(expires_at) > Date.now() ? 'works' : 'worked'} until ${moment(expires_at)}`
}

function fact(name: string, value: string | null) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value || '–'}</dd>
  </div>`
}
