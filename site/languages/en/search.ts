/** The search page. */

export const loading = 'Loading search …'
export const found = (count: number, query: string): string =>
  `${count === 1 ? '1 page' : `${count} pages`} found for “${query}”`
export const partialMatches = 'No page contains all of these words. These contain some of them:'
export const none = (query: string): string => `Nothing found for “${query}”`
export const advice = 'Check the spelling, or try fewer or more general words.'
export const more = (count: number): string => `Show ${count} more`
export const failed = 'We could not load the search. You may be offline.'
export const tryAgain = 'Try again'
