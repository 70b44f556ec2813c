/** Sample API responses. */
import type { Account, Professional, Session } from '../src/api/contract.ts'

export const SESSION: Session = {
  identity: { name: 'Ada Holm', email: 'ada@home.example', provider: 'Local' },
  accounts: 1,
  kept: false,
  expires_at: '2026-12-01T12:00:00Z',
  authenticated_at: '2026-11-30T12:00:00Z',
  several_factors: false,
  provider: 'local',
}

export function account(changed: Partial<Account> = {}): Account {
  return {
    account: 'A',
    name: 'Example Customer',
    kind: 'customer',
    external_id: null,
    contact: {},
    plan: { name: 'Support', starts_on: '2026-01-01', ends_on: '2027-12-31', state: 'current' },
    partner: null,
    grant: null,
    time_zone: 'UTC',
    licences: [],
    roles: { administrators: ['P'], billing_contact: 'P', shipping_contact: 'P' },
    active_administrators: ['P'],
    has_linked: true,
    confirmation: 'confirmed',
    partner_plans: null,
    appointment: null,
    sign_in_policy: {
      factors: 'nobody',
      linking: { kind: 'any', values: [] },
      lift: null,
      outside: null,
    },
    held_mail: null,
    version: 1,
    you: {
      as: 'administrator',
      professional: 'P',
      allowed_actions: ['view-account', 'list-professionals', 'invite', 'assign-roles'],
    },
    ...changed,
  }
}

export function professional(changed: Partial<Professional> = {}): Professional {
  return {
    professional: 'Q',
    account: 'A',
    name: 'Bob Babbage',
    email: 'bob@customer.example',
    pending_email: null,
    title: null,
    phone: null,
    language: 'en',
    ends_on: null,
    roles: [],
    state: 'queued',
    invitation: null,
    identity: null,
    last_sign_in: null,
    you: {
      self: false,
      allowed_actions: ['view-professional', 'update-professional', 'delete-professional'],
      mail_preferences: null,
    },
    ...changed,
  }
}
