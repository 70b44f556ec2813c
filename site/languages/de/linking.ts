/** Eine Identität mit einem Profil verknüpfen: die Seite der Einladung, was schiefgehen kann, es rückgängig machen, einen Link anfordern. */
import { html } from 'lit-html'

export const title = 'Ihr Profil verknüpfen'
export const invited = (account: unknown) => html`Sie wurden zu ${account} eingeladen.`
export const account = 'Konto'
export const profile = 'Profil'
export const email = 'Hinterlegte E-Mail-Adresse'
export const worksUntil = 'Der Link gilt bis'
export const meaning = 'Was das Verknüpfen bedeutet'
export const meaningText = (account: string) =>
  `Von da an melden Sie sich mit dieser Identität an, um ${account} im Portal zu sehen. Das Portal speichert kein Passwort: Ihre Identität bleibt bei ihrem Anbieter. Ihre eigene E-Mail-Adresse dort darf von der hinterlegten abweichen.`

export const signInFirst = 'Melden Sie sich zuerst an'
export const signInFirstText =
  'Verwenden Sie eine Identität, die Sie schon haben, zum Beispiel die, mit der Sie arbeiten. Haben Sie mehrere, wählen Sie die, die Sie hier von nun an verwenden wollen; legen Sie nicht eigens eine neue an.'
export const signIn = 'Anmelden und weiter'
export const noIdentity =
  'Sie haben noch gar keine? Auf der Anmeldeseite des Anbieters können Sie eine anlegen.'

export const signedInAs = (who: unknown) => html`Sie sind angemeldet als ${who}.`
export const rightIdentity = 'Ist das die richtige Identität?'
export const rightIdentityText = (account: string) =>
  `Haben Sie mehrere Identitäten, verknüpfen Sie die, die Sie von nun an für ${account} verwenden wollen, und legen Sie nicht eigens eine neue an: Mit einer anderen würden Sie das Konto nicht sehen.`
export const switches = (account: string) =>
  `Das Profil ist zurzeit mit einer anderen Identität verknüpft. Wenn Sie weitermachen, wechselt es zu dieser: Die andere öffnet ${account} dann nicht mehr und wird darüber benachrichtigt.`
export const link = 'Dieses Profil verknüpfen'
export const anotherIdentity = 'Andere Identität verwenden'

export const alreadyLinked = 'Schon verknüpft'
export const alreadyLinkedText =
  'Diese Identität ist schon mit dem Profil verknüpft, Sie können gleich ins Portal. Sie möchten wechseln? Dann verwenden Sie eine andere Identität.'
export const linked = 'Ihr Profil ist verknüpft'
export const nowLinked = (identity: string, profile: string, account: string) =>
  `Ihre Identität ${identity} ist jetzt mit dem Profil ${profile} von ${account} verknüpft.`
export const wasLinked = (identity: string, profile: string, account: string) =>
  `Ihre Identität ${identity} war schon mit dem Profil ${profile} von ${account} verknüpft.`
export const fromNowOn =
  'Melden Sie sich von nun an mit dieser Identität an. Der Link in der E-Mail ist damit verbraucht.'
export const openPortal = 'Portal öffnen'
export const tryAgain = 'Noch einmal versuchen'

export const mailFresh = 'Neuen Link zusenden'
export const sameAddress = 'Er geht an dieselbe E-Mail-Adresse wie zuvor.'
export const thankYou = 'Vielen Dank'
export const freshOnItsWay =
  'Wenn es das Profil noch gibt, ist ein neuer Link an dieselbe E-Mail-Adresse wie zuvor unterwegs.'
export const openNewest =
  'Öffnen Sie die neueste E-Mail und folgen Sie ihrem Link. Kommt keine, sehen Sie im Ordner für unerwünschte E-Mails nach.'
export const openFromMail = 'Öffnen Sie den Link aus Ihrer E-Mail'
export const openFromMailText =
  'Diese Seite verknüpft ein Profil mit Ihrer Identität. Sie öffnet sich über den Link in einer Einladung.'
export const noInvitation =
  'Keine Einladung zur Hand? Wenn jemand Sie hinzugefügt hat, fordern Sie über die dabei verwendete Adresse eine neue E-Mail an.'
export const linkMyProfile = 'Mein Profil verknüpfen'
export const incomplete = 'Dieser Link ist nicht vollständig'
export const incompleteText =
  'Vielleicht hat ein Mailprogramm ihn getrennt. Kopieren Sie den ganzen Link aus der E-Mail in die Adresszeile Ihres Browsers oder fordern Sie eine neue E-Mail an.'
export const stuck = (partner: string, ask: unknown, mailbox: unknown) =>
  html`Sie kommen nicht weiter? Fragen Sie einen Administrator Ihres Kontos; gibt es keinen, Ihren ${partner}. Kennen Sie beide nicht, ${ask}, oder schreiben Sie an ${mailbox}.`

export const notMe = 'Das war ich nicht'
export const notMeText =
  'Eine E-Mail hat Ihnen mitgeteilt, dass eine Identität mit einem Profil verknüpft wurde, und das waren weder Sie noch jemand, von dem Sie wissen.'
export const notMeWhat = 'Was geschieht, wenn Sie weitermachen'
export const notMeUnlinked =
  'Die Verknüpfung wird sofort aufgehoben: Wer die Identität benutzt hat, hat keinen Zugang mehr.'
export const notMeHeld =
  'Das Profil wird gesperrt; die Administratoren des Kontos sehen das in der Liste der Personen.'
export const notMeNext =
  'Ein Administrator kann die E-Mail-Adresse prüfen und eine neue Einladung senden.'
export const notMeAfterAll =
  'Waren Sie es doch, schließen Sie diese Seite: Es wurde nichts geändert.'
export const unlinked = 'Die Verknüpfung ist aufgehoben'
export const onHold = (profile: string, account: string) =>
  `Das Profil ${profile} von ${account} ist gesperrt.`
export const tellAdministrator = (account: string) =>
  `Sagen Sie einem Administrator von ${account} Bescheid: Er kann die E-Mail-Adresse prüfen und eine neue Einladung senden.`
export const notMeNoLink =
  'Diese Seite öffnet sich über den Link in einer E-Mail, die sagt, dass eine Identität mit einem Profil verknüpft wurde. Vielleicht wurde der Link getrennt: Kopieren Sie ihn ganz aus der E-Mail.'
export const nothingToUndo = 'Es gibt nichts rückgängig zu machen'
export const nothingToUndoText =
  'Der Link ist nicht vollständig, oder das Profil ist nicht mehr verknüpft oder wurde gelöscht.'
export const stillWorried = (mailbox: unknown) =>
  html`Wenn Sie weiterhin meinen, dass jemand zu Unrecht Zugang hat, sagen Sie es einem Administrator des Kontos oder schreiben Sie an ${mailbox}.`
export const homePage = 'Startseite'

export const request = 'Mein Profil verknüpfen'
export const requestText =
  'Jemand hat Sie hinzugefügt, aber Sie finden die Einladung nicht? Geben Sie die E-Mail-Adresse ein, die dabei verwendet wurde. Für jedes Profil mit dieser Adresse wird eine E-Mail verschickt; ihr Link verknüpft das Profil mit der Identität, mit der Sie jetzt angemeldet sind.'
export const requestHint =
  'Die Adresse, mit der Sie hinzugefügt wurden. Sie muss nicht die sein, mit der Sie sich anmelden.'
export const notThisIdentity = 'Nicht die Identität, die Sie verwenden wollen?'
export const continueOn = 'Weiter'
export const nobodyAdded = (how: unknown, ask: unknown) =>
  html`Noch nicht hinzugefügt? Lesen Sie, ${how}, oder ${ask}.`
export const askForAccess = 'bitten Sie um Zugang'
export const howToGetAccess = 'wie Sie Zugang bekommen'
export const requested =
  'Wenn es Profile mit dieser E-Mail-Adresse gibt, ist für jedes davon eine E-Mail dorthin unterwegs. Öffnen Sie sie und folgen Sie ihrem Link.'
export const noMail = 'Nach ein paar Minuten noch keine E-Mail?'
export const noMailSpam = 'Sehen Sie im Ordner für unerwünschte E-Mails nach.'
export const noMailAddress = (link: unknown) =>
  html`Fragen Sie Ihren Administrator, mit welcher Adresse Sie hinzugefügt wurden, und ${link}.`
export const tryThatOne = 'versuchen Sie es mit dieser'
export const noMailAsk = (partner: string, mailbox: unknown) =>
  html`Kein Administrator? Fragen Sie Ihren ${partner} oder schreiben Sie an ${mailbox}.`
