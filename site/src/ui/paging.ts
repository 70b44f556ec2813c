/** Paging by address, so that "back" and bookmarks work. */
import { html, nothing } from 'lit-html'
import * as text from '#language/page.ts'
import { currentPageWith, urlParameter } from '../lib/address.ts'

/** Draws the links to the next page and back to the first; nothing when there is only one page. */
export function paging(next: string | null) {
  const after = urlParameter('after')
  if (!next && !after) return nothing
  return html`
    <nav class="paging" aria-label=${text.pages}>
      ${after ? html`<a class="button" href=${here(null)}>${text.firstPage}</a>` : nothing}
      ${next ? html`<a class="button" href=${here(next)} rel="next">${text.nextPage}</a>` : nothing}
    </nav>
  `
}

function here(after: string | null): string {
  return currentPageWith({
    account: urlParameter('account'),
    search: urlParameter('search'),
    plan_state: urlParameter('plan_state'),
    after,
  })
}
