/**
 * What is searched: the pages of one language, from the index that Zola writes
 * (`search_index.CODE.json`).
 */

/** One page in Zola's index; `body` is its text without tags, but with HTML's entities. */
export interface Entry {
  url: string
  title: string
  description: string
  body: string
}

/** A page as the search knows it. */
export interface Document {
  id: number
  url: string
  title: string
  description: string
  body: string
  /** The last part of the address, which holds numbers such as "kb-2041". */
  slug: string
  /** The titles of the sections above the page, from the top. */
  above: string[]
}

/**
 * Makes documents of the index of the pages below `root`.
 *
 * A page that is in it twice, or has no title, is left out.
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

/**
 * The titles of the pages whose addresses begin that of the page at `address`; the home page, at
 * `root`, is not one of them.
 */
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

/** The path of an address; both are the same where the site was built without its host. */
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

/**
 * The text that is read: without places where a word may be divided, which would divide it for the
 * search too.
 */
function plain(body: string): string {
  return body
    .replaceAll('\u00ad', '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
}
