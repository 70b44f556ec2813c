/** Lists in parts: searching and paging are addresses, so that "back" and bookmarks work. */
import { html, nothing } from 'lit-html'
import { parameter, samePage } from './address.ts'

/** A search by the beginning of the name, on this same page. */
export function searchForm(account: string, search: string | null) {
  return html`
    <form class="search" role="search" action=${location.pathname} method="get">
      <input type="hidden" name="account" value=${account} />
      <div class="field">
        <label for="search">Search by name</label>
        <input id="search" name="search" type="search" value=${search ?? ''} autocomplete="off" maxlength="100" />
      </div>
      <button class="button" type="submit">Search</button>
      ${search ? html`<a href=${samePage({ account })}>Show all</a>` : nothing}
    </form>
  `
}

/** The way to the next part of the list, and back to the first; nothing when the list is whole. */
export function paging(next: string | null) {
  const after = parameter('after')
  if (!next && !after) return nothing
  return html`
    <nav class="paging" aria-label="Pages of the list">
      ${after ? html`<a class="button" href=${here(null)}>First page</a>` : nothing}
      ${next ? html`<a class="button" href=${here(next)} rel="next">Next</a>` : nothing}
    </nav>
  `
}

function here(after: string | null): string {
  return samePage({ account: parameter('account'), search: parameter('search'), after })
}
