/**
 * Import accounts: the vendor's own books brought into the portal, after a trial run that shows
 * what would become of every row.
 */
import { html } from 'lit-html'
import * as activity from '#language/activity.ts'
import * as words from '#language/import.ts'
import { importAccounts, showAccount } from '../api/client.ts'
import type { AccountImportResult } from '../api/contract.ts'
import { accounts } from '../import/accounts.ts'
import type { Answered } from '../import/kind.ts'
import { showImport } from '../import/page.ts'
import { pageUrl } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { load, renderPage, requireParameter, requireSession, setTitle } from '../shell/view.ts'
import { formatList } from '../words/codes.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const list = pageUrl('/customers/', { account: id })
  /** Partners that the rows tried so far would create: a trial creates none. */
  const partners = new Set<string>()

  if (account.you.may.includes('import-accounts')) {
    showImport({
      account,
      tab: '/customers/',
      kind: accounts,
      words: words.accounts,
      labels: words.accountColumns,
      list,
      begin: () => partners.clear(),
      send: async (rows, isTrial) => {
        const named = isTrial
          ? [
              ...new Set(
                rows.flatMap(({ partner }) => (partner && partners.has(partner) ? [partner] : [])),
              ),
            ]
          : []
        const result = await importAccounts({
          dry_run: isTrial,
          ...(named.length && { partners: named }),
          rows,
        })
        if (!result.ok) return result
        const { results } = result.value
        for (const [place, row] of rows.entries()) {
          if (row.kind === 'partner' && results[place]?.outcome === 'created')
            partners.add(row.external_id)
        }
        return { ok: true, value: results.map(answered) }
      },
    })
  } else {
    setTitle(words.accounts.title, account.name)
    renderPage(html`
      ${accountBar(account, '/customers/')}
      <p>${words.accounts.mayNot}</p>
      <p class="actions">
        <a class="button primary" href=${pageUrl('/accounts/', {})}>${words.accounts.toAccounts}</a>
      </p>
    `)
  }
}

function answered(said: AccountImportResult): Answered {
  switch (said.outcome) {
    case 'created':
      return { kind: 'new' }
    case 'updated':
      return {
        kind: 'changed',
        detail: activity.changed(
          formatList(said.changed.map((field) => activity.fields[field] ?? field)),
        ),
      }
    case 'unchanged':
      return { kind: 'known', detail: '' }
    case 'invalid':
      return { kind: 'invalid', errors: said.errors }
  }
}
