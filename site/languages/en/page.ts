/** What every page may say. */

export const loading = 'Loading'
export const closeMessage = 'Close this message'
