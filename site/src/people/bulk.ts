/** Actions on the whole list: resending pending invitations, exporting. */
import * as text from '#language/people.ts'
import { exportProfessionals, resendInvitations, serverTime } from '../api/client.ts'
import type { Account } from '../api/contract.ts'
import { saveCsv } from '../lib/save-file.ts'
import { openTask } from '../ui/dialog/task-dialog.ts'

/** Resends all pending invitations. */
export function openResend({ account, name }: Account, finish: () => void): void {
  // Invitations sent by this task are newer than this, so no step sends to anybody twice.
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

/** Exports the whole list as CSV. */
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
      // Values contain no line breaks; the first line is the header.
      people += result.value.text.split('\r\n').length - 1 - (after === null ? 1 : 0)
      after = result.value.next
      return { ok: true, value: after !== null }
    },
    progress: () => text.exportProgress(people),
    outcome: () => text.exportOutcome(people, text.exportFile),
    finish: () => saveCsv(text.exportFile, parts),
  })
}
