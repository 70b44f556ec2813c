/** Bundles the pages' scripts for one language. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { BuildError } from './error.mjs'
import { prefix } from './languages.mjs'

/** Scripts that run while the page is parsed, so they are no modules and import nothing. */
const CLASSIC = ['show-notices']

/** Returns the constants that a language's bundle is compiled with. */
export function define(code) {
  return { ROOT: JSON.stringify(prefix(code)) }
}

/** Returns the names of the pages' scripts. */
export function pagesOf(site) {
  return readdirSync(join(site, 'src/pages'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
}

/**
 * Creates a plugin that starts each page. Page modules only export `start`, so that tests can
 * import them.
 */
function starter(folder) {
  return {
    name: 'page',
    setup(build) {
      build.onResolve({ filter: /^page:/ }, ({ path }) => ({ path, namespace: 'page' }))
      build.onLoad({ filter: /.*/, namespace: 'page' }, ({ path }) => ({
        contents: `import { start } from './${path.slice('page:'.length)}.ts'\nvoid start()\n`,
        resolveDir: folder,
        loader: 'ts',
      }))
    },
  }
}

/**
 * Bundles `src/pages` in the language `code` into `js/CODE`.
 *
 * Splits off shared code, so that a browser loads it once.
 */
export async function bundle(site, staged, code) {
  const { build } = await import('esbuild').catch(() => {
    throw new BuildError(
      'esbuild is not installed: run "npm ci --ignore-scripts" in the folder of package.json',
    )
  })
  const bundlePages = (names, options) =>
    build({
      entryPoints: names.map((name) => ({ in: `page:${name}`, out: name })),
      plugins: [starter(join(site, 'src/pages'))],
      outdir: join(staged, 'static/js', code),
      alias: { '#language': join(site, 'languages', code) },
      define: define(code),
      bundle: true,
      target: 'es2022',
      minify: true,
      legalComments: 'none',
      logLevel: 'silent',
      ...options,
    })
  const modules = pagesOf(site).filter((name) => !CLASSIC.includes(name))
  try {
    await Promise.all([
      bundlePages(modules, { format: 'esm', splitting: true, chunkNames: 'shared-[hash]' }),
      bundlePages(CLASSIC, { format: 'iife' }),
    ])
  } catch (error) {
    const [first] = error.errors ?? []
    if (!first) throw error
    const { file, line } = first.location ?? {}
    throw new BuildError(
      `a script does not bundle: ${file ? `${file}:${line}: ` : ''}${first.text}`,
    )
  }
}
