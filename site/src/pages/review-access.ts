/** Review access: people who may no longer need it, to remove or to keep until a date. */
import { html, nothing, type TemplateResult } from 'lit-html'
import * as text from '#language/people.ts'
import { reportProfessionals, restoreProfessional, showAccount } from '../api/client.ts'
import type { ProfessionalSummary, Report } from '../api/contract.ts'
import type { Problem } from '../api/problem.ts'
import { pageUrl } from '../lib/address.ts'
import { confirmDeletion, deletionOpener } from '../people/delete-dialog.ts'
import { askForLastDay, lastDayOpener } from '../people/last-day-dialog.ts'
import { emailText } from '../people/professional-facts.ts'
import { rememberDeleted, rememberPerson } from '../people/recent.ts'
import { offerUndo, showUndone } from '../people/undo.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
  showProblem,
  showSuccess,
} from '../shell/view.ts'
import { problemNotice } from '../ui/problem-notice.ts'
import { stateTag } from '../ui/tag/tag.ts'
import { formatDay } from '../words/codes.ts'

const REPORTS = ['never_linked', 'inactive', 'ending_soon'] as const

/** A report with the people loaded so far. */
interface Section {
  report: Report
  people: ProfessionalSummary[]
  /** Cursor of the next page; null when there is none. */
  next: string | null
  isWaiting: boolean
  problem: Problem | null
}

/** People to show before the user asks for more. */
const ENOUGH = 50

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const sections: Section[] = REPORTS.map((report) => ({
    report,
    people: [],
    next: null,
    isWaiting: true,
    problem: null,
  }))

  draw()
  if (account.you.allowed_actions.includes('invite'))
    await Promise.all(sections.map((section) => fill(section)))

  /** Loads pages until there are enough people, or the list ends. */
  async function fill(section: Section): Promise<void> {
    section.isWaiting = true
    section.problem = null
    draw()
    const wanted = section.people.length + ENOUGH
    do {
      const result = await reportProfessionals(id, section.report, section.next)
      if (!result.ok) {
        section.problem = result.problem
        break
      }
      section.people.push(...result.value.items)
      section.next = result.value.next
    } while (section.next && section.people.length < wanted)
    section.isWaiting = false
    draw()
  }

  function draw(): void {
    setTitle(text.reviewTitle, account.name)
    const list = pageUrl('/people/', { account: id })
    renderPage(html`
      ${accountBar(account, '')}
      ${
        account.you.allowed_actions.includes('invite')
          ? html`<p class="lead">${text.reviewLead}</p>
              ${sections.map(drawSection)}`
          : html`<p>${text.mayNotReview}</p>`
      }
      <p><a href=${list}>${text.backToList}</a></p>
    `)
  }

  function drawSection(section: Section): TemplateResult {
    const { report, people, next, isWaiting, problem } = section
    return html`
      <section class="stack" aria-busy=${isWaiting ? 'true' : nothing}>
        <h2 id=${report} tabindex="-1">${text.reviewOf[report]}</h2>
        <p class="hint">${text.reviewMeans[report]}</p>
        ${
          people.length
            ? table(section)
            : isWaiting
              ? skeleton()
              : problem
                ? nothing
                : html`<p>${text.reviewNobody}</p>`
        }
        ${
          problem
            ? html`<div role="alert">${problemNotice(problem, () => void fill(section))}</div>`
            : nothing
        }
        ${
          next && !problem && !isWaiting
            ? html`<p class="actions">
                <button class="button" type="button" @click=${() => void fill(section)}>
                  ${text.reviewMore}
                </button>
              </p>`
            : nothing
        }
      </section>
    `
  }

  function table({ report, people }: Section): TemplateResult {
    const detail =
      report === 'ending_soon' ? text.lastDay : report === 'inactive' ? text.lastSignIn : text.state
    return html`
      <table class="list" role="table" aria-labelledby=${report}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${text.name}</th>
            <th role="columnheader" scope="col">${text.email}</th>
            <th role="columnheader" scope="col">${detail}</th>
            <th role="columnheader" scope="col">
              <span class="visually-hidden">${text.reviewTitle}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${people.map((person) => row(report, person, detail))}
        </tbody>
      </table>
    `
  }

  function row(report: Report, person: ProfessionalSummary, detail: string): TemplateResult {
    const name = html`<bdi>${person.name}</bdi>`
    const hidden = html`<span class="visually-hidden">: ${name}</span>`
    return html`
      <tr role="row">
        <th role="rowheader" scope="row">
          <a href=${pageUrl('/people/profile/', { account: id, professional: person.professional })}
            >${name}</a
          >
        </th>
        <td role="cell" data-label=${text.email}>${emailText(person.email)}</td>
        <td role="cell" data-label=${detail}>${fact(report, person)}</td>
        <td role="cell">
          <div class="actions">
            <button
              class="button"
              type="button"
              data-opens=${lastDayOpener(person)}
              @click=${() => void keep(person)}
            >
              ${text.keepUntil}${hidden}
            </button>
            <button
              class="button danger"
              type="button"
              data-opens=${deletionOpener(person)}
              @click=${() => void remove(person)}
            >
              ${text.deletePerson}${hidden}
            </button>
          </div>
        </td>
      </tr>
    `
  }

  /** Sets a person's last day. They stay in the table, so that the result can be seen. */
  async function keep(person: ProfessionalSummary): Promise<void> {
    const changed = await askForLastDay(person)
    if (!changed) return
    rememberPerson(changed)
    for (const section of sections) {
      section.people = section.people.map((one) =>
        one.professional === changed.professional ? changed : one,
      )
    }
    draw()
    showSuccess(
      changed.ends_on
        ? text.keptUntil(changed.name, formatDay(changed.ends_on))
        : text.kept(changed.name),
    )
  }

  async function remove(person: ProfessionalSummary): Promise<void> {
    if (!(await confirmDeletion(account, person))) return
    rememberDeleted(person)
    const before = sections.map(({ people }) => people)
    for (const section of sections)
      section.people = section.people.filter((one) => one.professional !== person.professional)
    draw()
    document
      .getElementById(sections.find((_, index) => before[index]?.includes(person))?.report ?? '')
      ?.focus()
    const undo = async () => {
      const result = await restoreProfessional(id, person.professional)
      if (!result.ok) return showProblem(result.problem)
      rememberPerson(result.value)
      for (const [index, section] of sections.entries())
        section.people = before[index] ?? section.people
      draw()
      showUndone(person.name)
    }
    offerUndo(person.name, undo)
  }
}

function fact(report: Report, { ends_on, last_sign_in, state }: ProfessionalSummary) {
  if (report === 'ending_soon') return ends_on ? formatDay(ends_on) : text.noEndDate
  if (report === 'inactive') return last_sign_in ? formatDay(last_sign_in.slice(0, 10)) : text.never
  return stateTag(state)
}

function skeleton() {
  return html`<div class="list-skeleton" role="img" aria-label=${text.loadingPeople}>
    <span></span><span></span>
  </div>`
}
