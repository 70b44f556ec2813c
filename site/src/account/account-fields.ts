/**
 * The fields of an account, for creating and editing one.
 *
 * Their names are the API's, so that its errors find them.
 */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import type { AccountChanges, Licence, NewPlan, PartnerPlan } from '../api/contract.ts'
import { checkEmail, checkPhone } from '../api/person-rules.ts'
import type { Field } from '../ui/form/form.ts'

export const ABOUT: Field[] = [
  { name: 'name', label: text.name, type: 'text', required: true },
  { name: 'external_id', label: text.number, type: 'text', hint: text.numberHint },
  {
    name: 'time_zone',
    label: text.timeZone,
    type: 'text',
    required: true,
    hint: text.timeZoneHint,
  },
]

export const CONTACT: Field[] = [
  { name: 'contact.email', label: text.email, type: 'email', rule: checkEmail },
  { name: 'contact.phone', label: text.phone, type: 'tel', rule: checkPhone },
  { name: 'contact.website', label: text.website, type: 'text' },
]

export const PLAN: Field[] = [
  { name: 'plan.name', label: text.plan, type: 'text', hint: text.planHint },
  { name: 'plan.starts_on', label: text.firstDay, type: 'date' },
  { name: 'plan.ends_on', label: text.lastDay, type: 'date' },
]

/** Returns the fields of a plan that is one of those that the vendor lets partners give. */
export function planAmong(plans: PartnerPlan[]): Field[] {
  return PLAN.map((spec) =>
    spec.name === 'plan.name'
      ? {
          ...spec,
          type: 'select',
          hint: '',
          choices: plans.map(({ name, months }) => ({
            value: name,
            label: text.planUpTo(name, months),
          })),
        }
      : spec,
  )
}

/** The editable rows of licences. Each keeps its key, so that typed values stay with their row. */
export class LicenceRows {
  private next = 0
  private rows: { key: number; licence: Licence | null }[]

  constructor(
    licences: Licence[],
    private readonly redraw: () => void,
  ) {
    this.rows = licences.map((licence) => ({ key: this.next++, licence }))
  }

  render() {
    return html`
      <p class="hint">${text.quantityHint}</p>
      ${this.rows.map(({ key, licence }) => this.row(key, licence))}
      <div class="actions">
        <button class="button" type="button" id="add-product" @click=${this.add}>
          ${text.addProduct}
        </button>
      </div>
    `
  }

  /** Returns the typed licences, without empty rows. */
  read(form: HTMLFormElement): Licence[] {
    const value = (name: string) =>
      (form.elements.namedItem(name) as HTMLInputElement | null)?.value.trim() ?? ''
    return this.rows.flatMap(({ key }) => {
      const [product, quantity] = [value(`product-${key}`), value(`quantity-${key}`)]
      return product || quantity ? [{ product, quantity: quantity ? Number(quantity) : null }] : []
    })
  }

  private row(key: number, licence: Licence | null) {
    return html`
      <div class="licence-row" role="group" aria-label=${licence?.product ?? text.product}>
        <div class="field">
          <label for="product-${key}">${text.product}</label>
          <input
            id="product-${key}"
            name="product-${key}"
            type="text"
            dir="auto"
            autocomplete="off"
            maxlength="100"
            value=${licence?.product ?? ''}
          />
        </div>
        <div class="field">
          <label for="quantity-${key}">${text.quantity}</label>
          <input
            id="quantity-${key}"
            name="quantity-${key}"
            type="number"
            min="1"
            step="1"
            autocomplete="off"
            value=${licence?.quantity ?? ''}
          />
        </div>
        <button class="button" type="button" @click=${() => this.remove(key)}>
          ${text.removeProduct(licence?.product ?? '')}
        </button>
      </div>
    `
  }

  private readonly add = (): void => {
    const key = this.next++
    this.rows.push({ key, licence: null })
    this.redraw()
    document.getElementById(`product-${key}`)?.focus()
  }

  private remove(key: number): void {
    this.rows = this.rows.filter((row) => row.key !== key)
    this.redraw()
    document.getElementById('add-product')?.focus()
  }
}

/** Draws a section of the form with its own heading. */
export function section(id: string, heading: string, content: unknown) {
  return html`<section class="card stack" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    ${content ?? nothing}
  </section>`
}

/** Returns the typed contact; empty details are null. */
export function contactOf(typed: Record<string, string>): NonNullable<AccountChanges['contact']> {
  const value = (name: string) => typed[`contact.${name}`] || null
  return { email: value('email'), phone: value('phone'), website: value('website') }
}

/** Returns the typed plan; null when all of it is empty. */
export function planOf(typed: Record<string, string>): NewPlan | null {
  const [name = '', starts_on = '', ends_on = ''] = PLAN.map((field) => typed[field.name])
  return name || starts_on || ends_on ? { name, starts_on, ends_on } : null
}
