/** How often people get which e-mails, and turning them off from an e-mail. */
import type { Frequency, NoticeGroup } from '../../src/api/contract.ts'

export const title = 'E-mails'
export const intro =
  'Choose how often you get each kind of notice. If you get more than a few of a kind within an hour, the rest come in one e-mail.'
export const always =
  'Security notices, invitations, links you ask for and e-mails about your own profile always come straight away.'
export const onlyOwn =
  'You get e-mails about your own profile and security notices only. They always come straight away.'
export const notices: Record<NoticeGroup, string> = {
  people_linked: 'Someone linked a sign-in',
  access_ending: 'Someone’s access expires soon',
  access_requests: 'Someone asks for access',
  bounced_invitations: 'An invitation bounced',
  reviews: 'Access should be reviewed',
  plans: 'A service plan expires',
  partners: 'Partner and permissions',
  approvals: 'Something needs your approval',
}
export const frequencies: Record<Frequency, string> = {
  at_once: 'At once',
  daily: 'Once a day',
  never: 'Never',
}
export const save = 'Save e-mail choices'
export const saved = 'Your e-mail choices are saved.'
export const nothingToSave = 'There is nothing to save.'

export const turnOff = 'Turn off these e-mails'
export const turnOffText =
  'You will no longer get e-mails like the one that you opened this page from. The portal still lists what happens.'
export const turnOffConfirm = 'Turn off'
export const turnedOff = 'These e-mails are turned off'
export const turnedOffText =
  'You can turn them on again, or choose to get them once a day, under E-mails in your profile.'
export const toChoices = 'Choose e-mails'
export const noLinkText =
  'This page opens from an e-mail. Your e-mail program may have split the link: copy all of it from the e-mail. Or choose your e-mails in your profile.'
