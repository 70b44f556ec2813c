/** What is done with everybody on the list at once: sending invitations again, saving the list. */
import * as text from '#language/people.ts'
import { exportProfessionals, resendInvitations, serverTime } from '../api/client.ts'
import type { Account } from '../api/contract.ts'
import { saveCsv } from '../lib/save-file.ts'
import { openTask } from '../ui/dialog/task-dialog.ts'

/** Sends a new invitation to everybody who has not accepted theirs. */
export function openResend({ account, name }: Account, finish: () => void): void {
  // Whoever gets one from here on was invited after this moment, so that no step sends to anybody
  // twice.
  let before: string | null = null
  let after: string | null = null
  let sent = 0
  openTask({
    title: text.resendTitle,
    question: { words: text.resendText(name), start: text.resendStart },
    async step() {
      before ??= serverTime()
      const result = await resendInvitations(account, before, after)
      if (!result.ok) return result
      sent += result.value.sent
      after = result.value.next
      return { ok: true, value: after !== null }
    },
    progress: () => text.resendProgress(sent),
    outcome: () => text.resendOutcome(sent),
    finish,
  })
}

/** Saves the whole list as CSV. */
export function openExport({ account }: Account): void {
  const parts: string[] = []
  let people = 0
  let after: string | null = null
  openTask({
    title: text.exportTitle,
    question: null,
    async step() {
      const result = await exportProfessionals(account, after)
      if (!result.ok) return result
      parts.push(result.value.text)
      // No value holds a line break; the first line names the columns.
      people += result.value.text.split('\r\n').length - 1 - (after === null ? 1 : 0)
      after = result.value.next
      return { ok: true, value: after !== null }
    },
    progress: () => text.exportProgress(people),
    outcome: () => text.exportOutcome(people, text.exportFile),
    finish: () => saveCsv(text.exportFile, parts),
  })
}
