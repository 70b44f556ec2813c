/** Describes which sign-ins an account accepts. */
import * as text from '#language/sign-in-policy.ts'
import type { Linking, LinkingKind } from '../api/contract.ts'
import { formatList } from './codes.ts'

const ENTRA = /^https:\/\/login\.microsoftonline\.com\/([\da-f-]{36})\/v2\.0$/i

/** Names the accepted sign-ins within a sentence: "sign-ins of https://accounts.google.com". */
export function acceptedSignIns({ kind, values }: Linking): string {
  return text.accepted[kind](formatList(values.map((value) => acceptedValue(kind, value))))
}

/** Names a domain, a tenant of Microsoft Entra by its id, or another issuer by its address. */
export function acceptedValue(kind: LinkingKind, value: string): string {
  const [, id] = (kind === 'issuers' && ENTRA.exec(value)) || []
  return id ? text.tenant(id) : value
}
