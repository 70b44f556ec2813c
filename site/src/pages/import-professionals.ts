/**
 * Import: many people at once from a CSV file, after a trial run that shows what would become of
 * every row.
 */
import { html } from 'lit-html'
import * as words from '#language/import.ts'
import * as text from '#language/people.ts'
import { importProfessionals, showAccount } from '../api/client.ts'
import type { ImportResult } from '../api/contract.ts'
import type { Answered } from '../import/kind.ts'
import { showImport } from '../import/page.ts'
import { people } from '../import/people.ts'
import { pageUrl } from '../lib/address.ts'
import { accountBar } from '../shell/account-bar/account-bar.ts'
import { load, renderPage, requireParameter, requireSession, setTitle } from '../shell/view.ts'
import { checkbox } from '../ui/form/form.ts'

/** Starts the page. */
export async function start(): Promise<void> {
  await requireSession()
  const id = await requireParameter('account')
  const account = await load(() => showAccount(id))
  const list = pageUrl('/people/', { account: id })
  let sendsInvitations = true

  if (account.you.may.includes('invite')) {
    showImport({
      account,
      tab: '',
      kind: people,
      words: words.people,
      labels: {
        name: text.name,
        email: text.email,
        title: text.jobTitle,
        phone: text.phone,
        language: text.mailLanguage,
        ends_on: text.endDate,
        administrator: text.administrator,
      },
      list,
      begin: () => undefined,
      send: async (rows, isTrial) => {
        const result = await importProfessionals(id, {
          dry_run: isTrial,
          send_invitations: sendsInvitations,
          rows,
        })
        return result.ok ? { ok: true, value: result.value.results.map(answered) } : result
      },
      wishes: () => html`
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
      <p>${text.mayNotAdd(html`<bdi>${account.name}</bdi>`)}</p>
      <p class="actions"><a class="button primary" href=${list}>${text.ourAccounts}</a></p>
    `)
  }

  function onInvitationsChanged(event: Event): void {
    sendsInvitations = (event.target as HTMLInputElement).checked
  }
}

function answered(said: ImportResult): Answered {
  switch (said.outcome) {
    case 'added':
      return { kind: 'new' }
    case 'exists':
      return { kind: 'known', detail: said.name }
    case 'invalid':
      return { kind: 'invalid', errors: said.errors }
  }
}
