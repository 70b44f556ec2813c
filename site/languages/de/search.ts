/** Die Suchseite. */

export const loading = 'Die Suche wird geladen …'
export const found = (count: number, query: string): string =>
  `${count === 1 ? '1 Seite' : `${count} Seiten`} zu „${query}“ gefunden`
export const partialMatches = 'Keine Seite enthält alle diese Wörter. Diese enthalten einige davon:'
export const none = (query: string): string => `Nichts gefunden zu „${query}“`
export const advice =
  'Prüfen Sie die Schreibweise, oder versuchen Sie es mit weniger oder allgemeineren Wörtern.'
export const more = (count: number): string => `${count} weitere zeigen`
export const failed = 'Die Suche konnte nicht geladen werden. Vielleicht sind Sie offline.'
export const tryAgain = 'Noch einmal versuchen'
