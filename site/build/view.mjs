/** Validates `[extra]` in the front matter of pages that a script fills. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The skeletons that `templates/view.html` draws until the script has content. */
export const SKELETONS = ['list', 'cards', 'columns', 'form', 'page']

/** Lists the errors in `extra` of a page with the template `view.html`. */
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
