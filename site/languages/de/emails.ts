/** Wie oft Personen welche E-Mails erhalten, und das Abbestellen aus einer E-Mail. */
import type { Frequency, NoticeGroup } from '../../src/api/contract.ts'

export const title = 'E-Mails'
export const intro =
  'Wählen Sie, wie oft Sie welche Mitteilungen erhalten. Kommen innerhalb einer Stunde mehr als ein paar derselben Art, erhalten Sie die übrigen in einer E-Mail.'
export const always =
  'Sicherheitshinweise, Einladungen, angeforderte Links und E-Mails zu Ihrem eigenen Profil kommen immer sofort.'
export const onlyOwn =
  'Sie erhalten nur E-Mails zu Ihrem eigenen Profil und Sicherheitshinweise. Sie kommen immer sofort.'
export const notices: Record<NoticeGroup, string> = {
  people_linked: 'Jemand hat eine Anmeldung verknüpft',
  access_ending: 'Ein Zugang läuft bald ab',
  access_requests: 'Jemand bittet um Zugang',
  bounced_invitations: 'Eine Einladung war unzustellbar',
  reviews: 'Zugänge sollten geprüft werden',
  plans: 'Ein Vertrag läuft ab',
  partners: 'Partner und Berechtigungen',
  approvals: 'Etwas braucht Ihre Zustimmung',
}
export const frequencies: Record<Frequency, string> = {
  at_once: 'Sofort',
  daily: 'Einmal am Tag',
  never: 'Nie',
}
export const save = 'E-Mail-Auswahl speichern'
export const saved = 'Ihre E-Mail-Auswahl ist gespeichert.'
export const nothingToSave = 'Es gibt nichts zu speichern.'

export const turnOff = 'Diese E-Mails abbestellen'
export const turnOffText =
  'Sie erhalten dann keine E-Mails mehr wie die, aus der Sie diese Seite geöffnet haben. Im Portal steht weiterhin, was geschieht.'
export const turnOffConfirm = 'Abbestellen'
export const turnedOff = 'Diese E-Mails sind abbestellt'
export const turnedOffText =
  'In Ihrem Profil können Sie sie unter „E-Mails“ wieder bestellen oder einmal am Tag erhalten.'
export const toChoices = 'E-Mails auswählen'
export const noLinkText =
  'Diese Seite öffnet sich aus einer E-Mail. Vielleicht hat Ihr E-Mail-Programm den Link getrennt: Kopieren Sie ihn vollständig aus der E-Mail. Oder wählen Sie Ihre E-Mails in Ihrem Profil.'
