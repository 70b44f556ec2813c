#!/usr/bin/env node
/**
 * Writes `site/src/api/contract.generated.ts` and, for tests, `site/test/events.generated.ts` from
 * `infra/openapi.yaml`: `npm run contract`.
 *
 * With `--check` it writes nothing, and fails when a committed file is not what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../../../infra/openapi.yaml', import.meta.url)
const contract = new URL('../../src/api/contract.generated.ts', import.meta.url)
const events = new URL('../../test/events.generated.ts', import.meta.url)
const NOTE =
  '// Written by `npm run contract` from infra/openapi.yaml: change that file, not this one.\n'

// Examples would make most of the file.
const isExample = (key) => key === 'example' || key === 'examples'
const whole = load(readFileSync(source, 'utf8'))
const document = JSON.parse(JSON.stringify(whole), (key, value) =>
  isExample(key) ? undefined : value,
)
const { schemas } = document.components
const types = astToString(
  // It takes discriminators out of what it is given.
  await openapiTS(structuredClone(document), {
    alphabetize: true,
    // What has a default may be left out of a request.
    defaultNonNullable: false,
  }),
)
const contractText = [
  NOTE,
  types.trimEnd(),
  list('PROBLEM_KINDS', 'The kinds of problems, `/problems/KIND/`.', problemKinds(schemas)),
  list('FIELD_ERROR_CODES', 'What can be wrong with a field.', fieldErrorCodes(schemas)),
].join('\n')

const eventsText = [
  NOTE,
  "import type { ActivityEvent } from '../src/api/contract.ts'\n",
  '/** The documented examples of events: one or more of each kind. */',
  `export const EVENTS: ActivityEvent[] = ${JSON.stringify(eventExamples(whole), null, 2)}\n`,
].join('\n')

for (const [target, text] of [
  [contract, contractText],
  [events, eventsText],
]) {
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (read(target) !== text) {
    const name = target.pathname.split('/').at(-1)
    console.error(`${name} is not what infra/openapi.yaml says: run "npm run contract"`)
    process.exitCode = 1
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Every schema whose `type` is the page of a problem. */
function problemKinds(all) {
  return Object.values(all).flatMap(({ properties }) => {
    const [, kind] = /^\/problems\/([a-z-]+)\/$/.exec(properties?.type?.const) ?? []
    return kind ?? []
  })
}

/** The codes in what `invalid` lists. */
function fieldErrorCodes(all) {
  const name = all.Invalid.properties.errors.items.$ref.split('/').at(-1)
  return all[name].properties.code.enum
}

/** The examples of every kind of event. */
function eventExamples({ components }) {
  const targets = Object.values(components.schemas.Event.discriminator.mapping)
  return targets.flatMap((target) => components.schemas[target.split('/').at(-1)].examples)
}

function list(name, comment, values) {
  if (!values.length) throw new Error(`${fileURLToPath(source)} names no ${name}`)
  const lines = values.map((value) => `  '${value}',`)
  return `\n/** ${comment} */\nexport const ${name} = [\n${lines.join('\n')}\n] as const\n`
}
