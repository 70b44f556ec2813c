/** The home page: offers signed-in users the way to their accounts. */
import { html } from 'lit-html'
import * as text from '#language/page.ts'
import { session } from '../api/session.ts'
import { pageUrl } from '../lib/address.ts'
import { renderPage } from '../shell/view.ts'
import { icon } from '../ui/icon/icon.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  const result = await session()
  if (result.ok && result.value) {
    renderPage(html`
      <a class="button primary" href=${pageUrl('/accounts/', { first: '1' })}
        >${text.openPortal} ${icon('arrow')}</a
      >
      <a class="button" href="#access">${text.howToGetAccess}</a>
    `)
  }
}
