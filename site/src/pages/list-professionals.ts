/** Our accounts: everyone who has access to an account. */
import { html, nothing } from 'lit-html'
import { listProfessionals, showAccount } from '../api.ts'
import { page, parameter } from '../address.ts'
import { accountBar, stateTag } from '../account-view.ts'
import type { ProfessionalSummary } from '../contract.ts'
import { paging, searchForm } from '../paging.ts'
import { both, load, paint, required, signedIn, title } from '../view.ts'
import { moment, roles } from '../words.ts'

await signedIn()
const id = await required('account')
const part = { search: parameter('search'), after: parameter('after') }
const [account, { items, next }] = await load(() => both(showAccount(id), listProfessionals(id, part)))
const mayInvite = account.you.may.includes('invite')

title('Our accounts', account.name)
paint(html`
  ${accountBar(account, '/people/')}
  <div class="head">
    <h2>People with access</h2>
    ${mayInvite ? html`<a class="button primary" href=${page('/people/add/', { account: id })}>Add new professional</a>` : nothing}
  </div>
  ${
    mayInvite
      ? html`<p class="hint">
          Remove people who no longer need access, for example when they leave: open their profile and press Delete.
        </p>`
      : nothing
  }
  ${searchForm(id, part.search)} ${items.length ? table() : empty()} ${paging(next)}
`)

function table() {
  return html`
    <table class="list" role="table">
      <caption class="visually-hidden">
        People of ${account.name} by name
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Name</th>
          <th role="columnheader" scope="col">E-mail</th>
          <th role="columnheader" scope="col">Roles</th>
          <th role="columnheader" scope="col">State</th>
          <th role="columnheader" scope="col">Last sign-in</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${items.map(row)}
      </tbody>
    </table>
  `
}

function row(person: ProfessionalSummary) {
  const profile = profilePage(person.professional)
  return html`
    <tr role="row">
      <th role="rowheader" scope="row">${profile ? html`<a href=${profile}>${person.name}</a>` : person.name}</th>
      <td role="cell" data-label="E-mail">${person.email}</td>
      <td role="cell" data-label="Roles">${person.roles.length ? roles(person.roles) : '–'}</td>
      <td role="cell" data-label="State">${stateTag(person.state)}</td>
      <td role="cell" data-label="Last sign-in">${person.last_sign_in ? moment(person.last_sign_in) : 'Never'}</td>
    </tr>
  `
}

/** Where to read a profile: those without a role see only their own. */
function profilePage(professional: string): string | null {
  if (account.you.as !== 'professional') return page('/people/profile/', { account: id, professional })
  return professional === account.you.professional ? page('/profile/', { account: id }) : null
}

function empty() {
  if (part.search) {
    return html`<p>
      Nobody's name begins with “${part.search}”. <a href=${page('/people/', { account: id })}>Show everybody</a>
    </p>`
  }
  return html`<p>
    Nobody has been added yet.
    ${mayInvite ? 'The first professional becomes administrator, billing contact and shipping contact.' : ''}
  </p>`
}
