/** Lists of names and values, such as what an access request holds. */
import { html, nothing } from 'lit-html'

/** Draws a name with its value; nothing without one. */
export function fact(name: string, value: string | null) {
  if (!value) return nothing
  return html`<div>
    <dt>${name}</dt>
    <dd><bdi>${value}</bdi></dd>
  </div>`
}
