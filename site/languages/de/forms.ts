/** Texte aller Formulare. */

export const optional = '(optional)'
export const checkWhatYouTyped = 'Bitte prüfen Sie Ihre Eingaben.'

/** Meldungen zu Feldfehlern nach ihrem Code. `most` ist die Grenze der Regel. */
export const fieldErrors: Record<string, (field: string, most: number) => string> = {
  missing: (field) => `${field} ist erforderlich.`,
  empty: (field) => `${field} darf nicht leer sein.`,
  'too-long': (field, most) => `${field} darf höchstens ${most} Zeichen haben.`,
  invisible: (field) => `${field} darf keine Zeilenumbrüche oder unsichtbaren Zeichen enthalten.`,
  'stacked-marks': (field) =>
    `${field} darf auf einem Buchstaben nicht mehrere Akzente oder Zeichen übereinander haben.`,
  'unknown-character': (field) =>
    `${field} darf keine Zeichen enthalten, die andere Geräte nicht anzeigen können, etwa Symbole einer Schriftart.`,
  'no-letter': (field) => `${field} muss einen Buchstaben oder eine Ziffer enthalten.`,
  'address-inside': (field) => `${field} darf keine Web- oder E-Mail-Adresse enthalten.`,
  'link-inside': (field) =>
    `${field} darf keine Webadresse enthalten; setzen Sie nach einem Punkt ein Leerzeichen.`,
  telephone: (field, most) =>
    `${field} muss eine Telefonnummer wie +49 30 1234567 sein, mit höchstens ${most} Zeichen.`,
  language: (field) => `${field} muss ein Sprachcode wie de oder pt-BR sein.`,
  email: (field) => `${field} muss eine E-Mail-Adresse sein, zum Beispiel name@beispiel.de.`,
  'email-accent': (field) => `${field} darf vor dem @ keine Umlaute oder Akzente haben.`,
  date: (field) => `${field} muss ein Datum sein, zum Beispiel 2030-12-31.`,
  past: (field) =>
    `${field} darf nicht in der Vergangenheit liegen. Soll der Zugang sofort enden, löschen Sie das Profil.`,
  ended: (field) =>
    `${field} ist vorbei. Setzen Sie ein späteres, bevor Sie eine Einladung senden.`,
  'role-held': (field) =>
    `${field} muss bei Administratoren und Kontakten leer bleiben: Ihre Rolle würde sonst damit enden.`,
  repeated: (field) => `${field} kommt schon in einer früheren Zeile vor.`,
  'too-many': (field, most) => `${field} darf höchstens ${most} Einträge haben.`,
  'web-page': (field, most) =>
    `${field} muss eine Webseite wie https://www.beispiel.de sein, mit höchstens ${most} Zeichen.`,
  'external-id': (field, most) =>
    `${field} muss 1 bis ${most} Buchstaben ohne Umlaute, Ziffern und Zeichen ohne Leerzeichen haben.`,
  order: (field) => `${field} darf nicht vor dem ersten Tag liegen.`,
  kind: (field) => `${field} muss Kunde oder Partner sein.`,
  'kind-fixed': (field) =>
    `${field} lässt sich nicht ändern. Legen Sie für eine andere Art ein neues Konto an.`,
  'no-such-partner': (field) =>
    `${field} muss die Nummer eines vorhandenen Partners sein oder eines Partners in einer früheren Zeile.`,
  'no-such-notices': (field) => `${field} ist keine Art von E-Mail, die sich auswählen lässt.`,
  'no-such-choice': (field) => `${field} muss eine der Möglichkeiten in Ihrem Profil sein.`,
  licences: (field) => `${field} müssen Produkte mit ihrer Anzahl sein, etwa Planner:10; Ledger.`,
  'repeated-product': (field) => `${field} darf jedes Produkt nur einmal nennen.`,
  'repeated-id': (field) => `${field} kommt schon in einer früheren Zeile vor.`,
  'partner-of-no-customer': (field) =>
    `${field} muss leer bleiben: Nur Kunden haben einen zuständigen Partner.`,
  'plan-of-vendor': (field) =>
    `${field} muss leer bleiben: Das Konto des Anbieters braucht keinen Vertrag und läuft nie ab.`,
  'staff-of-vendor': (field) =>
    `${field} muss leer bleiben: Nur das Konto des Anbieters hat Berechtigungen für Mitarbeitende.`,
  'staff-only': (field) =>
    `${field} können nur Mitarbeitende des Anbieters ändern. Fragen Sie dort.`,
  'plan-not-offered': (field) => `${field} muss einer der Verträge sein, die Sie vergeben können.`,
  'plan-term': (field, most) =>
    `${field} darf höchstens ${most} Monate nach dem ersten Tag liegen, oder nach heute, wenn das früher ist.`,
  'no-partner': (field) => `${field} lässt sich nicht setzen: Dieses Konto hat keinen Partner.`,
  'not-a-partner': (field) => `${field} muss das Konto eines Partners sein.`,
  unknown: (field) => `${field} muss eine Person dieses Kontos sein.`,
  ineligible: (field) => `${field} muss eine Person dieses Kontos ohne Enddatum sein.`,
  'ineligible-successor': (field) =>
    `${field} muss eine andere Person dieses Kontos ohne Enddatum sein.`,
  'too-many-administrators': (field, most) =>
    `${field}: Ein Konto kann höchstens ${most} Administratoren haben. Entziehen Sie die Rolle zuerst jemandem.`,
  'incomplete-link': (field) =>
    `${field} ist kein vollständiger Link; öffnen Sie ihn noch einmal aus der E-Mail oder kopieren Sie ihn ganz.`,
  'not-an-administrator': (field) => `${field} darf nur Administratoren dieses Kontos enthalten.`,
  'time-zone': (field) => `${field} muss eine Zeitzone sein, etwa Europe/Berlin.`,
  time: (field) => `${field} muss ein Zeitpunkt sein, zum Beispiel 2026-11-22T12:00:00Z.`,
  future: (field) => `${field} darf nicht in der Zukunft liegen.`,
  'open-requests': (field, most) =>
    `${field}: Sie haben schon ${most} offene Anfragen. Ziehen Sie eine davon zurück oder warten Sie auf eine Antwort.`,
  'not-asked-for': (field) => `${field} muss bei dieser Entscheidung fehlen.`,
  'no-account-for-access': (field) =>
    `${field} muss das Konto sein, zu dem die Person gehört, und ein anderes als dieses.`,
  quantity: (field) =>
    `${field} muss mindestens 1 sein oder leer bleiben, wenn das Produkt nicht gezählt wird.`,
  'mail-domain': (field) => `${field} müssen Domains von E-Mail-Adressen sein, etwa kunde.example.`,
  issuer: (field, most) =>
    `${field} müssen Aussteller sein, etwa https://accounts.google.com, mit je höchstens ${most} Zeichen, oder IDs von Microsoft-Entra-Mandanten.`,
  rows: (field, most) => `${field} muss 1 bis ${most} Zeilen haben.`,
  'yes-or-no': (field) => `${field} muss ja oder nein sein.`,
}

export const otherFieldError = (field: string) => `${field} ist ungültig.`
export const taken = (field: string, owner: string) => `${field} gehört schon zu ${owner}.`
