/** The home page: whoever is signed in goes straight to their accounts. */
import { html } from 'lit-html'
import { session } from '../session.ts'
import { paint } from '../view.ts'

const result = await session()
if (result.ok && result.value) {
  paint(html`
    <a class="button primary" href="/accounts/?first=1">Open the portal</a>
    <a class="button" href="#access">How to get access</a>
  `)
}
