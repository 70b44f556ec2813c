/** Eine Identität mit einem Profil verknüpfen: Einladung, Fehler, Rückgängigmachen, Anfordern. */
import { html } from 'lit-html'

export const title = 'Einladung annehmen'
export const invited = (account: unknown) => html`Sie wurden zu ${account} eingeladen.`
export const account = 'Konto'
export const profile = 'Profil'
export const email = 'Hinterlegte E-Mail-Adresse'
export const worksUntil = 'Link gültig bis'
export const meaning = 'Was geschieht, wenn Sie annehmen'
export const meaningText = (account: string) =>
  `Von da an öffnen Sie ${account} im Portal mit Ihrer Anmeldung (Ihrem Zugang bei Microsoft, Google …). Das Portal speichert kein Passwort. Die E-Mail-Adresse Ihrer Anmeldung kann von der hinterlegten abweichen.`

export const signInFirst = 'Melden Sie sich zuerst an'
export const signInFirstText =
  'Verwenden Sie Ihren vorhandenen beruflichen Zugang (Microsoft, Google …). Haben Sie mehrere, wählen Sie den, den Sie hier von nun an verwenden möchten; legen Sie bitte keinen neuen eigens dafür an.'
export const signIn = 'Anmelden und weiter'
export const noIdentity =
  'Sie haben noch keinen? Auf der Anmeldeseite des Anbieters können Sie einen anlegen.'

export const signedInAs = (who: unknown) => html`Sie sind angemeldet als ${who}.`
export const rightIdentity = 'Ist das die richtige Anmeldung?'
export const rightIdentityText = (account: string) =>
  `Haben Sie mehrere Anmeldungen, nehmen Sie die Einladung mit der an, die Sie von nun an für ${account} verwenden möchten. Mit einer anderen würden Sie dieses Konto nicht sehen. Legen Sie bitte keine neue eigens dafür an.`
export const switches = (account: string) =>
  `Dieses Profil verwendet zurzeit eine andere Anmeldung. Wenn Sie annehmen, gilt die alte für ${account} nicht mehr, und wir senden ihr eine Mitteilung per E-Mail.`
export const link = 'Einladung annehmen'
export const anotherIdentity = 'Andere Anmeldung verwenden'

export const alreadyLinked = 'Schon verknüpft'
export const alreadyLinkedText =
  'Diese Anmeldung ist schon mit dem Profil verknüpft, Sie können gleich ins Portal. Sie möchten wechseln? Verwenden Sie eine andere Anmeldung.'
export const linked = 'Ihr Profil ist verknüpft'
export const nowLinked = (identity: string, profile: string, account: string) =>
  `Ihre Anmeldung ${identity} ist jetzt mit dem Profil ${profile} von ${account} verknüpft.`
export const wasLinked = (identity: string, profile: string, account: string) =>
  `Ihre Anmeldung ${identity} war schon mit dem Profil ${profile} von ${account} verknüpft.`
export const fromNowOn =
  'Verwenden Sie von nun an diese Anmeldung. Der Link in der E-Mail gilt nicht mehr.'
export const openPortal = 'Portal öffnen'
export const tryAgain = 'Noch einmal versuchen'

export const mailNewLink = 'Neuen Link zusenden'
export const sameAddress = 'Er geht an dieselbe E-Mail-Adresse wie zuvor.'
export const thankYou = 'Vielen Dank'
export const newLinkSent =
  'Wenn es das Profil noch gibt, ist ein neuer Link an dieselbe E-Mail-Adresse wie zuvor unterwegs.'
export const openNewest =
  'Öffnen Sie die neueste E-Mail und folgen Sie ihrem Link. Kommt keine, sehen Sie im Spam-Ordner nach.'
export const openFromMail = 'Öffnen Sie den Link aus Ihrer E-Mail'
export const openFromMailText = 'Diese Seite öffnet sich über den Link in einer Einladung.'
export const noInvitation =
  'Sie finden Ihre Einladung nicht? Wenn Sie jemand hinzugefügt hat, fordern Sie über die dabei verwendete Adresse eine neue E-Mail an.'
export const linkMyProfile = 'Mein Profil verknüpfen'
export const incomplete = 'Dieser Link ist unvollständig'
export const incompleteText =
  'Vielleicht hat Ihr E-Mail-Programm ihn getrennt. Kopieren Sie den ganzen Link aus der E-Mail in die Adresszeile Ihres Browsers oder fordern Sie eine neue E-Mail an.'
export const stuck = (partner: string, ask: unknown, mailbox: unknown) =>
  html`Sie kommen nicht weiter? Fragen Sie einen Administrator Ihres Kontos oder Ihren ${partner}. Kennen Sie beide nicht, ${ask}, oder schreiben Sie an ${mailbox}.`

export const confirmEmail = 'Neue Adresse bestätigen'
export const confirmEmailText =
  'Sie haben diese E-Mail-Adresse in Ihrem Profil eingetragen. Bestätigen Sie sie, damit die E-Mails des Portals von nun an dorthin gehen.'
export const confirmAddress = 'Adresse bestätigen'
export const addressConfirmed = 'Adresse bestätigt'
export const nowOnRecord = (email: string, account: string) =>
  `${email} ist jetzt Ihre hinterlegte E-Mail-Adresse für ${account}. Ihrer bisherigen Adresse haben wir das mitgeteilt.`
export const toMyProfile = 'Mein Profil'
export const confirmNoLink =
  'Diese Seite öffnet sich über den Link in der E-Mail, die wir an Ihre neue Adresse gesendet haben. Vielleicht hat Ihr E-Mail-Programm den Link zerteilt: Kopieren Sie ihn vollständig aus der E-Mail.'
export const confirmOver = 'Dieser Link funktioniert nicht mehr'
export const confirmOverText =
  'Die Adresse ist schon bestätigt, es wurde eine neuere E-Mail gesendet, die Änderung wurde abgebrochen, oder der Link ist abgelaufen. Unter Mein Profil sehen Sie, welche Adresse hinterlegt ist, und können die E-Mail erneut senden.'
export const confirmOther =
  'Die Adresse gehört zu einem Profil mit einer anderen Anmeldung. Melden Sie sich mit dieser an und öffnen Sie den Link dann noch einmal.'

export const notMe = 'Das war ich nicht'
export const notMeText =
  'Wir haben Ihnen per E-Mail mitgeteilt, dass eine Anmeldung mit einem Profil verknüpft wurde, und das waren weder Sie noch jemand, von dem Sie wissen.'
export const notMeWhat = 'Was geschieht, wenn Sie weitermachen'
export const notMeUnlinked =
  'Wir entfernen diese Anmeldung sofort: Wer sie benutzt hat, verliert den Zugang.'
export const notMeOnHold =
  'Wir sperren das Profil. Die Administratoren des Kontos sehen das in der Liste der Personen.'
export const notMeNext =
  'Ein Administrator kann die E-Mail-Adresse prüfen und eine neue Einladung senden.'
export const notMeAfterAll =
  'Waren Sie es doch, schließen Sie diese Seite. Es hat sich nichts geändert.'
export const unlinked = 'Die Anmeldung ist entfernt'
export const onHold = (profile: string, account: string) =>
  `Wir haben diese Anmeldung sofort entfernt und das Profil ${profile} von ${account} gesperrt.`
export const tellAdministrator = (account: string) =>
  `Sagen Sie einem Administrator von ${account} Bescheid: Er kann die E-Mail-Adresse prüfen und eine neue Einladung senden.`
export const notMeNoLink =
  'Diese Seite öffnet sich über den Link in einer E-Mail über eine neu verknüpfte Anmeldung. Vielleicht hat Ihr E-Mail-Programm den Link getrennt: Kopieren Sie ihn ganz aus der E-Mail.'
export const nothingToUndo = 'Nichts rückgängig zu machen'
export const nothingToUndoText =
  'Der Link ist unvollständig, oder das Profil ist nicht mehr verknüpft oder wurde gelöscht.'
export const stillWorried = (mailbox: unknown) =>
  html`Wenn Sie weiterhin meinen, dass jemand zu Unrecht Zugang hat, sagen Sie es einem Administrator des Kontos oder schreiben Sie an ${mailbox}.`
export const homePage = 'Startseite'

export const request = 'Mein Profil verknüpfen'
export const requestText =
  'Jemand hat Sie hinzugefügt, aber Sie finden die Einladung nicht? Geben Sie die E-Mail-Adresse ein, die dabei verwendet wurde. Wir senden eine E-Mail mit einem Link für jedes Profil mit dieser Adresse. Ein Link verknüpft sein Profil mit der Anmeldung, die Sie gerade verwenden.'
export const requestHint =
  'Die Adresse, mit der Sie hinzugefügt wurden. Sie muss nicht die sein, mit der Sie sich anmelden.'
export const notThisIdentity = 'Nicht die richtige Anmeldung?'
export const continueOn = 'Weiter'
export const nobodyAdded = (how: unknown, ask: unknown) =>
  html`Noch nicht hinzugefügt? Lesen Sie, ${how}, oder ${ask}.`
export const askForAccess = 'bitten Sie um Zugang'
export const howToGetAccess = 'wie Sie Zugang bekommen'
export const requested =
  'Wenn es Profile mit dieser E-Mail-Adresse gibt, ist eine E-Mail mit einem Link für jedes davon unterwegs. Öffnen Sie sie und folgen Sie den Links.'
export const noMail = 'Nach ein paar Minuten noch keine E-Mail?'
export const noMailSpam = 'Sehen Sie im Spam-Ordner nach.'
export const noMailAddress = (link: unknown) =>
  html`Fragen Sie Ihren Administrator, mit welcher Adresse Sie hinzugefügt wurden, und ${link}.`
export const tryThatOne = 'versuchen Sie es mit dieser'
export const noMailAsk = (partner: string, mailbox: unknown) =>
  html`Kein Administrator? Fragen Sie Ihren ${partner} oder schreiben Sie an ${mailbox}.`
