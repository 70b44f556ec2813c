/** The search page. */

export const loading = 'Loading the search …'
export const found = (count: number, query: string): string =>
  `${count === 1 ? '1 page' : `${count} pages`} found for “${query}”`
export const partly = 'No page has all of these words. These have some of them:'
export const none = (query: string): string => `Nothing found for “${query}”`
export const advice = 'Check the spelling, or try fewer or more general words.'
export const more = (count: number): string => `Show ${count} more`
export const failed = 'The search could not be loaded. You may be offline.'
export const again = 'Try again'
