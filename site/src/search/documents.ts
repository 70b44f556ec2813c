/** The documents to search: one language's pages, from Zola's index (`search_index.CODE.json`). */

/** A page in Zola's index; `body` is its text without tags, but with HTML entities. */
export interface Entry {
  url: string
  title: string
  description: string
  body: string
}

/** A page in the search. */
export interface Document {
  id: number
  url: string
  title: string
  description: string
  body: string
  /** The last segment of the address, which holds numbers such as "kb-2041". */
  slug: string
  /** Titles of the sections above the page, outermost first. */
  above: string[]
}

/**
 * Converts the index of the pages below `root`.
 *
 * Drops duplicates and pages without a title.
 */
export function documents(entries: Entry[], root = ROOT): Document[] {
  const pages = new Map<string, Entry>()
  for (const entry of entries) if (entry.title) pages.set(path(entry.url), entry)
  return Array.from(pages, ([address, { url, title, description, body }], id) => ({
    id,
    url,
    title,
    description,
    body: plain(body),
    slug: address.split('/').at(-2) ?? '',
    above: sections(address, root, pages),
  }))
}

/** Returns the titles of the sections that contain `address`, without the home page at `root`. */
function sections(address: string, root: string, pages: Map<string, Entry>): string[] {
  const titles = []
  for (
    let end = address.indexOf('/', root.length + 1);
    end !== -1 && end < address.length - 1;
    end = address.indexOf('/', end + 1)
  ) {
    const section = pages.get(address.slice(0, end + 1))
    if (section) titles.push(section.title)
  }
  return titles
}

/** Returns an address's path, also when the site was built for one host. */
function path(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '')
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** Decodes entities and removes soft hyphens, which would split words in the search. */
function plain(body: string): string {
  return body
    .replaceAll('\u00ad', '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
}
