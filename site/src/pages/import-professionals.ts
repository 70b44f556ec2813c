/** Import people: adds people from a CSV file, after a preview of every row. */
import { html } from 'lit-html'
import * as words from '#language/import.ts'
import * as text from '#language/people.ts'
import { importProfessionals, showAccount } from '../api/client.ts'
import type { ImportResult, ImportRow } from '../api/contract.ts'
import type { RowResult } from '../import/importer.ts'
import { showImport } from '../import/page.ts'
import { pageUrl } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { load, renderPage, requireParameter, requireSession, setTitle } from '../shell/view.ts'
import { checkbox } from '../ui/form/form.ts'
import { missingPermission } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const list = pageUrl('/people/', { account: id })
  let sendsInvitations = true

  if (account.you.allowed_actions.includes('invite')) {
    showImport({
      account,
      tab: '',
      kind: 'professionals',
      words: words.people,
      list,
      reset: () => undefined,
      send: async (rows, { dryRun }) => {
        const result = await importProfessionals(id, {
          dry_run: dryRun,
          send_invitations: sendsInvitations,
          // An API test checks that the API has these columns.
          rows: rows.map(({ cells }) => cells as ImportRow),
        })
        return result.ok ? { ok: true, value: result.value.results.map(rowResult) } : result
      },
      options: () => html`
        <div @change=${onInvitationsChanged}>
          ${checkbox(
            'send_invitations',
            words.people.sendInvitations,
            sendsInvitations,
            words.people.sendInvitationsHint,
          )}
        </div>
      `,
      afterwards: () => (sendsInvitations ? words.people.doneInvited : words.people.doneNotInvited),
    })
  } else {
    setTitle(words.people.title, account.name)
    renderPage(html`
      ${accountBar(account, '')}
      <p>
        ${
          account.you.as === 'staff'
            ? missingPermission('people')
            : text.mayNotAdd(html`<bdi>${account.name}</bdi>`)
        }
      </p>
      <p class="actions"><a class="button primary" href=${list}>${text.ourAccounts}</a></p>
    `)
  }

  function onInvitationsChanged(event: Event): void {
    sendsInvitations = (event.target as HTMLInputElement).checked
  }
}

function rowResult(result: ImportResult): RowResult {
  switch (result.outcome) {
    case 'added':
      return { outcome: 'created' }
    case 'exists':
      return { outcome: 'unchanged', detail: result.name }
    case 'invalid':
      return { outcome: 'invalid', errors: result.errors }
  }
}
