/** Import accounts: imports the vendor's accounts from a CSV file, after a preview of every row. */
import { html } from 'lit-html'
import * as activity from '#language/activity.ts'
import * as words from '#language/import.ts'
import { isStaff } from '../api/acting-as.ts'
import { importAccounts, showAccount } from '../api/client.ts'
import type { AccountImportResult, AccountImportRow } from '../api/contract.ts'
import type { RowResult } from '../import/importer.ts'
import { showImport } from '../import/page.ts'
import { PlannedPartners } from '../import/planned-partners.ts'
import { pageUrl } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { load, renderPage, requireParameter, requireSession, setTitle } from '../shell/view.ts'
import { formatList, missingPermission } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const list = pageUrl('/customers/', { account: id })
  const planned = new PlannedPartners()

  if (account.you.allowed_actions.includes('import-accounts')) {
    showImport({
      account,
      tab: '/customers/',
      kind: 'accounts',
      words: words.accounts,
      list,
      reset: () => planned.clear(),
      send: async (rows, { dryRun }) => {
        const partners = dryRun ? planned.namedIn(rows) : []
        const result = await importAccounts({
          dry_run: dryRun,
          ...(partners.length && { partners }),
          // An API test checks that the API has these columns.
          rows: rows.map(({ cells }) => cells as AccountImportRow),
        })
        if (!result.ok) return result
        const { results } = result.value
        if (dryRun) planned.record(rows, results)
        return { ok: true, value: results.map(rowResult) }
      },
    })
  } else {
    setTitle(words.accounts.title, account.name)
    renderPage(html`
      ${accountBar(account, '/customers/')}
      <p>
        ${isStaff(account) ? missingPermission('imports') : words.accounts.mayNot}
      </p>
      <p class="actions">
        <a class="button primary" href=${pageUrl('/accounts/', {})}>${words.accounts.toAccounts}</a>
      </p>
    `)
  }
}

function rowResult(result: AccountImportResult): RowResult {
  switch (result.outcome) {
    case 'created':
      return { outcome: 'created' }
    case 'updated':
      return {
        outcome: 'updated',
        detail: activity.changed(
          formatList(result.changed.map((field) => activity.fields[field] ?? field)),
        ),
      }
    case 'unchanged':
      return { outcome: 'unchanged', detail: '' }
    case 'invalid':
      return { outcome: 'invalid', errors: result.errors }
  }
}
