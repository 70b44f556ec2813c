/** The choice of who takes over roles: people that the server lists, and a search for others. */
import { html, nothing } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import * as text from '#language/people.ts'
import { listProfessionals } from '../api/client.ts'
import type { ProfessionalSummary } from '../api/contract.ts'
import type { RequiredRoles } from '../api/problem.ts'
import { filterField, TYPING_PAUSE_MS } from '../ui/search-field.ts'

type Candidate = RequiredRoles['eligible'][number]

/** The radio buttons of a dialog, with a search where the server lists not everyone. */
export class SuccessorChoice {
  private search = ''
  /** The people found by name; null while nothing is searched for. */
  private found: Candidate[] | null = null
  private pending = new AbortController()

  constructor(
    private readonly leaving: ProfessionalSummary,
    private readonly redraw: () => void,
  ) {}

  render(required: RequiredRoles) {
    const shown = this.found ?? required.eligible
    return html`
      ${required.needs_active ? html`<p class="hint">${text.onlyActive}</p>` : nothing}
      ${required.has_more ? this.searchField(required) : nothing}
      <fieldset class="choices">
        <legend>${text.handOverTo}</legend>
        ${repeat(shown, ({ professional }) => professional, choice)}
        ${shown.length ? nothing : html`<p role="status">${text.noSuccessorFound(this.search)}</p>`}
      </fieldset>
    `
  }

  private searchField(required: RequiredRoles) {
    return html`
      <p class="hint">${text.moreSuccessors}</p>
      ${filterField({
        id: 'successor-search',
        label: text.findSuccessor,
        value: this.search,
        onTyped: (typed) => void this.find(typed.trim(), required),
      })}
    `
  }

  private async find(typed: string, required: RequiredRoles): Promise<void> {
    this.pending.abort()
    this.pending = new AbortController()
    const { signal } = this.pending
    this.search = typed
    await new Promise((resolve) => setTimeout(resolve, TYPING_PAUSE_MS))
    if (signal.aborted) return
    const result = typed
      ? await listProfessionals(this.leaving.account, { search: typed, limit: 100 }, signal)
      : null
    if (signal.aborted || (result && !result.ok)) return
    this.found = result?.value.items.filter((person) => this.mayTakeOver(person, required)) ?? null
    this.redraw()
  }

  /** The server decides; this saves a failing request. */
  private mayTakeOver(person: ProfessionalSummary, { needs_active }: RequiredRoles): boolean {
    const stays = !person.ends_on && person.state !== 'on_hold'
    const isOther = person.professional !== this.leaving.professional
    return isOther && stays && (!needs_active || person.state === 'linked')
  }
}

function choice({ professional, name }: Candidate) {
  return html`
    <div class="check">
      <input
        type="radio"
        name="hand_over_to"
        id="successor-${professional}"
        value=${professional}
        data-name=${name}
        required
      />
      <label for="successor-${professional}"><bdi>${name}</bdi></label>
    </div>
  `
}
