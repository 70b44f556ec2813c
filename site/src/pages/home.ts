/** The home page: whoever is signed in goes straight to their accounts. */
import { html } from 'lit-html'
import * as text from '#language/page.ts'
import { page } from '../lib/address.ts'
import { icon } from '../ui/icon.ts'
import { session } from '../api/session.ts'
import { paint } from '../shell/view.ts'

const result = await session()
if (result.ok && result.value) {
  paint(html`
    <a class="button primary" href=${page('/accounts/', { first: '1' })}>${text.openPortal} ${icon('arrow')}</a>
    <a class="button" href="#access">${text.howToGetAccess}</a>
  `)
}
