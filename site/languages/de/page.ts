/** Was jede Seite sagen kann. */

export const loading = 'Wird geladen'
export const closeMessage = 'Diese Meldung schließen'
