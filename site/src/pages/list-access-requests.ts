/** Access requests of an account: the list, and each one to decide. */
import { html, nothing } from 'lit-html'
import * as text from '#language/access.ts'
import { accessTone } from '../access/access-words.ts'
import { showDecision } from '../access/decision.ts'
import { listAccessRequests, showAccount } from '../api/client.ts'
import type { AccessRequest } from '../api/contract.ts'
import { pageUrl, urlParameter } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import {
  both,
  load,
  renderPage,
  requireParameter,
  requireSession,
  setTitle,
} from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'
import { paging } from '../ui/paging.ts'
import { tag } from '../ui/tag/tag.ts'
import { formatMoment } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const one = urlParameter('request')
  const [account, list] = await load(() =>
    both(
      showAccount(id),
      listAccessRequests(id, one ? { request: one } : { after: urlParameter('after') }),
    ),
  )
  const [first] = list.items

  if (one && first) showDecision(account, first)
  else draw()

  function draw(): void {
    setTitle(text.requests, account.name)
    renderPage(html`
      ${accountBar(account, '/access-requests/')}
      <p class="lead">
        ${account.kind === 'vendor' ? text.unmatchedLead : text.requestsLead(account.name)}
      </p>
      ${
        list.items.length
          ? table()
          : html`<div class="empty">
              ${icon('mail')}
              <p>${text.noneHere}</p>
            </div>`
      }
      ${paging(list.next)}
    `)
  }

  function table() {
    return html`
      <table class="list" role="table">
        <caption class="visually-hidden">
          ${text.requestsCaption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${text.whoAsks}</th>
            <th role="columnheader" scope="col">${text.yourAddress}</th>
            <th role="columnheader" scope="col">${text.state}</th>
            <th role="columnheader" scope="col">${text.on}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${list.items.map(row)}
        </tbody>
      </table>
    `
  }

  function row(request: AccessRequest) {
    return html`
      <tr role="row">
        <th role="rowheader" scope="row">
          <a href=${pageUrl('/access-requests/', { account: id, request: request.request })}
            ><bdi>${request.name}</bdi></a
          >
          ${
            account.kind === 'vendor'
              ? html`<span class="hint"><bdi>${request.organisation}</bdi></span>`
              : nothing
          }
        </th>
        <td role="cell" data-label=${text.yourAddress}><bdi>${request.email}</bdi></td>
        <td role="cell" data-label=${text.state}>
          ${tag(text.states[request.state].label, accessTone(request.state))}
        </td>
        <td role="cell" data-label=${text.on}>${formatMoment(request.asked_at)}</td>
      </tr>
    `
  }
}
