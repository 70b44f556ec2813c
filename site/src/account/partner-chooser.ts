/** Chooses the partner of record by searching the vendor's accounts. */
import { html, nothing } from 'lit-html'
import * as text from '#language/account-forms.ts'
import { listCustomers } from '../api/client.ts'
import type { Problem } from '../api/problem.ts'
import { VENDOR } from '../lib/address.ts'
import { partnerWord } from '../lib/brand.ts'
import { problemNotice } from '../ui/problem-notice.ts'

/** Few enough to scan at a glance. */
const MAX_CHOICES = 10
/** Pages of accounts to search before the user should narrow the search. */
const PAGES = 5

export interface Choice {
  account: string
  name: string
}

export class PartnerChooser {
  private found: Choice[] = []
  private searched = ''
  private problem: Problem | null = null

  constructor(
    public chosen: Choice | null,
    private readonly redraw: () => void,
  ) {}

  render() {
    const choices = [this.chosen, ...this.found].filter((one) => one !== null)
    const distinct = choices.filter(
      (one, index) => choices.findIndex(({ account }) => account === one.account) === index,
    )
    return html`
      <p class="hint">${text.partnerHint(partnerWord)}</p>
      <div class="field">
        <label for="partner-search">${text.partnerName(partnerWord)}</label>
        <div class="actions">
          <input
            id="partner-search"
            type="search"
            dir="auto"
            autocomplete="off"
            maxlength="100"
            @keydown=${this.onKey}
          />
          <button class="button" type="button" @click=${this.search}>${text.search}</button>
        </div>
      </div>
      ${this.problem ? html`<div role="alert">${problemNotice(this.problem)}</div>` : nothing}
      <p role="status">
        ${
          this.searched && !this.found.length && !this.problem
            ? text.nobodyNamed(this.searched)
            : nothing
        }
      </p>
      <fieldset class="choices" id="partner" tabindex="-1">
        <legend class="visually-hidden">${text.partnerSection(partnerWord)}</legend>
        ${this.radio(null)} ${distinct.map((one) => this.radio(one))}
      </fieldset>
    `
  }

  private radio(choice: Choice | null) {
    const id = `partner-${choice?.account ?? 'none'}`
    return html`<div class="check">
      <input
        type="radio"
        name="partner"
        id=${id}
        value=${choice?.account ?? ''}
        .checked=${choice?.account === this.chosen?.account}
        @change=${() => this.choose(choice)}
      />
      <label for=${id}
        >${choice ? html`<bdi>${choice.name}</bdi>` : text.noPartnerChosen(partnerWord)}</label
      >
    </div>`
  }

  private choose(choice: Choice | null): void {
    // Keep the previous choice in the list.
    if (this.chosen) this.found = [this.chosen, ...this.found]
    this.chosen = choice
    this.redraw()
  }

  /** Keeps Enter in the search from submitting the form. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void this.search()
  }

  private readonly search = async (): Promise<void> => {
    const input = document.getElementById('partner-search')
    const search = input instanceof HTMLInputElement ? input.value.trim() : ''
    const found: Choice[] = []
    let after: string | null = null
    this.problem = null
    for (let page = 0; page < PAGES && found.length < MAX_CHOICES; page++) {
      const result = await listCustomers(VENDOR, { search, after, limit: 100, kind: 'partner' })
      if (!result.ok) {
        this.problem = result.problem
        break
      }
      found.push(...result.value.items.map(({ account, name }) => ({ account, name })))
      after = result.value.next
      if (!after) break
    }
    this.found = found.slice(0, MAX_CHOICES)
    this.searched = search
    this.redraw()
  }
}
