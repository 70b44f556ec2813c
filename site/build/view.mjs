/** What a page that a script fills may ask for in `[extra]` of its front matter. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The shapes that `templates/view.html` draws until the script has something to show. */
export const SKELETONS = ['list', 'cards', 'columns', 'form', 'page']

/** Lists what is wrong with `extra` of a page with the template `view.html`. */
export function checkView(site, extra) {
  const { script, skeleton, account_bar, private: isPrivate, ...others } = extra
  const errors = Object.keys(others).map((name) => `${name} in [extra] is not known`)
  if (!existsSync(join(site, 'src/pages', `${script}.ts`)))
    errors.push(`script = "${script}" is no file of src/pages`)
  if (!SKELETONS.includes(skeleton))
    errors.push(`skeleton = "${skeleton}" is none of ${SKELETONS.join(', ')}`)
  for (const [name, value] of Object.entries({ account_bar, private: isPrivate }))
    if (value !== undefined && value !== true) errors.push(`${name} is true or left out`)
  return errors
}
