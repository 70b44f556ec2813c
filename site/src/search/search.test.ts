import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documents, type Entry } from './documents.ts'
import { excerpt, type Fragment, mark } from './excerpt.ts'
import { finder } from './finder.ts'
import { fold, split } from './fold.ts'

const LIBRARY = [
  page('/library/news/', 'News', 'What changes.', ''),
  page(
    '/library/news/support/',
    'Support hours',
    'Who answers when.',
    'The licence is mentioned here. '.repeat(40),
  ),
  page('/library/news/licences/', 'New licence terms', 'From next year on.', 'Nothing else.'),
  page('/library/knowledge-base/', 'Knowledge base', 'Known problems.', ''),
  page(
    '/library/knowledge-base/kb-2041/',
    'Bank statement refused',
    'An import ends.',
    'Install Ledger 9.0.2 &amp; restart.',
  ),
  page(
    '/library/knowledge-base/kb-2042/',
    'Slow closing',
    'It takes hours.',
    'Renew the statistics of Ledger 8.2.',
  ),
]

const BIBLIOTHEK = [
  page('/de/', 'Startseite', 'Das Portal.', ''),
  page(
    '/de/plan/',
    'Servicevertrag',
    'Was Ihr Vertrag enthält.',
    'Der Schlüssel steht im Vertrag, die Straße auch.',
  ),
  page('/de/konto/', 'Konto', 'Neue Personen.', 'Den Rechnungskontakt ändern.'),
]

test('case, accents and spellings of umlauts make no difference', () => {
  for (const spelling of ['Schlüssel', 'SCHLÜSSEL', 'Schluessel', 'schlussel', 'Schlu\u0308ssel']) {
    assert.equal(fold(spelling), 'schlussel', spelling)
  }
  assert.equal(fold('Straße'), fold('STRASSE'))
  assert.equal(fold('Café'), 'cafe')
  assert.notEqual(fold('Konto'), fold('Kanto'))
})

test('a version is one word, and numbers match with or without letters and hyphens', () => {
  assert.deepEqual(split('Ledger 9.0.2, HF-9021.'), ['Ledger', '9.0.2', 'HF', '9021'])
  assert.deepEqual(split('hf9021'), ['hf', '9021'])
})

test('a word in the title outweighs many in the text', async () => {
  assert.deepEqual(await titles('licence'), ['New licence terms', 'Support hours'])
})

test('a word is found by its beginning while it is being typed', async () => {
  assert.deepEqual(await titles('stat'), ['Bank statement refused', 'Slow closing'])
  assert.deepEqual(await titles('know b'), ['Knowledge base'])
})

test('a small typing error is forgiven, but not in a number', async () => {
  assert.equal((await titles('statment'))[0], 'Bank statement refused')
  assert.deepEqual(await titles('KB-2041'), ['Bank statement refused'])
  assert.equal((await finder(documents(LIBRARY)))('kb2043').isComplete, false)
})

test('all words must match; if no page has all, some suffice', async () => {
  const find = await finder(documents(LIBRARY))
  assert.equal(find('ledger restart').hits.length, 1)
  assert.equal(find('ledger restart').isComplete, true)
  assert.equal(find('ledger hours').isComplete, true)
  assert.equal(find('licence restart').hits.length, 3)
  assert.equal(find('licence restart').isComplete, false)
})

test('an empty query and an unknown word find nothing', async () => {
  assert.deepEqual(await titles(''), [])
  assert.deepEqual(await titles(' – '), [])
  assert.deepEqual(await titles('xyzzy'), [])
})

test('German words are found without umlauts, and inside compounds', async () => {
  for (const query of ['schluessel', 'schlüssel', 'SCHLUSSEL', 'strasse', 'vertrag']) {
    assert.deepEqual(await titles(query, BIBLIOTHEK), ['Servicevertrag'], query)
  }
  assert.deepEqual(await titles('kontakt', BIBLIOTHEK), ['Konto'])
  assert.deepEqual(await titles('neuen', BIBLIOTHEK), ['Konto'])
})

test('a page names the sections above it, but not the home page', () => {
  const above = (entries: Entry[], root: string) => documents(entries, root).map((one) => one.above)
  assert.deepEqual(above(LIBRARY.slice(0, 2), ''), [[], ['News']])
  assert.deepEqual(above([page('/', 'Home', '', ''), ...LIBRARY.slice(0, 2)], ''), [
    [],
    [],
    ['News'],
  ])
  assert.deepEqual(above(BIBLIOTHEK, '/de'), [[], [], []])
})

test('duplicates are found once, and pages without a title not at all', () => {
  const twice = page('https://portal.example/a/', 'A', '', '')
  assert.equal(documents([twice, twice, page('/b/', '', '', '')]).length, 1)
})

test('entities in the text are decoded once', () => {
  const [only] = documents([page('/a/', 'A', '', 'R&amp;D &lt;b&gt; &amp;lt;')])
  assert.equal(only?.body, 'R&D <b> &lt;')
})

test('a word with soft hyphens is one word', async () => {
  assert.deepEqual(
    await titles('korrekturen', [page('/a/', 'A', '', 'Sicherheits\u00adkorrekturen')]),
    ['A'],
  )
})

test('matching words are marked whole, as written', () => {
  assert.equal(
    shown(mark('Der Schlüssel, SCHLUESSEL!', new Set(['schlussel']))),
    'Der [Schlüssel], [SCHLUESSEL]!',
  )
  assert.equal(shown(mark('nothing', new Set())), 'nothing')
  assert.equal(mark('a < b <script>', new Set(['script']))[1]?.text, 'script')
})

test('an excerpt shows the place with most of the words', async () => {
  const far =
    'Here is one ledger. ' +
    'Filler words follow. '.repeat(30) +
    'The ledger has a backup here. ' +
    'More. '.repeat(90)
  const find = await finder(documents([page('/a/', 'A', 'No match at all.', far)]))
  const text = shown(excerpt(find('backup ledger').hits[0]!))
  assert.match(text, /^… .*The \[ledger\] has a \[backup\] here\. .* …$/)
  assert.ok(text.length < 250, `${text.length} characters`)
})

test('the description is the excerpt unless the text has more of the words', async () => {
  const [first] = (await finder(documents(LIBRARY)))('import').hits
  assert.equal(shown(excerpt(first!)), 'An [import] ends.')
})

test('a text without spaces does not break the excerpt', () => {
  const [document] = documents([page('/a/', 'A', '', 'x'.repeat(5000))])
  assert.ok(shown(excerpt({ document: document!, terms: new Set() })).length <= 230)
})

async function titles(query: string, entries = LIBRARY): Promise<string[]> {
  const find = await finder(documents(entries))
  return find(query).hits.map(({ document }) => document.title)
}

function shown(fragments: Fragment[]): string {
  return fragments.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('')
}

function page(url: string, title: string, description: string, body: string): Entry {
  return { url, title, description, body }
}
