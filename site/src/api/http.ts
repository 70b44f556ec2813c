/** Sends requests to the API, typed by the contract. The only module that fetches. */

import type { paths } from './contract.generated.ts'
import type { Moment } from './contract.ts'
import { localProblem, type Result, readProblem } from './problem.ts'
import { offerStepUp } from './step-up.ts'

/** Exceeds the server's own time limit, so that its answer arrives first. */
const TIMEOUT_MS = 20_000

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete'

/** The paths that support a method. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never
}[keyof paths]

export type Operation<M extends Method, P extends keyof paths> = NonNullable<paths[P][M]>

type Json<T> = T extends { content: { 'application/json': infer Content } } ? Content : undefined

type PathOf<O> = O extends { parameters: { path: infer Path extends object } } ? Path : never
type QueryOf<O> = O extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never
type BodyOf<O> = O extends { requestBody: infer Body } ? Json<Body> : never
type Successes<O> = O extends { responses: infer All }
  ? All[Extract<keyof All, 200 | 201 | 202 | 204>]
  : never

/** An operation's result: the JSON of its success responses, or undefined without content. */
export type Answer<O> = Json<Successes<O>>

/** A required input, or none. */
type InputPart<Name extends string, T> = [T] extends [never]
  ? { [K in Name]?: never }
  : { [K in Name]: T }

/** An operation's input. Null omits a query parameter. */
export type Input<O> = InputPart<'path', PathOf<O>> &
  InputPart<'body', BodyOf<O>> & {
    query?: [QueryOf<O>] extends [never]
      ? never
      : { [K in keyof QueryOf<O>]?: QueryOf<O>[K] | null | undefined }
    /** Cancels the request; ignore its result. */
    signal?: AbortSignal | undefined
  }

/**
 * Milliseconds by which the server's clock is ahead of this computer's, as of the last response.
 */
const clock = { ahead: 0 }

/** Returns the server's time, to within a second. The computer's own clock may be wrong. */
export const serverTime = (): Moment => new Date(Date.now() + clock.ahead).toISOString()

/**
 * Sends a request and parses the JSON of its response.
 *
 * Anything but reading offers a step-up where the response asks for one. What is read shows the
 * offer in its place.
 */
export async function send<M extends Method, P extends PathWith<M>>(
  method: M,
  path: P,
  ...[input]: object extends Input<Operation<M, P>>
    ? [Input<Operation<M, P>>?]
    : [Input<Operation<M, P>>]
): Promise<Result<Answer<Operation<M, P>>>> {
  const result = await exchange<Answer<Operation<M, P>>>(
    method,
    path,
    input as Untyped,
    (content, { status }) => (status === 204 ? { value: undefined } : parse(content)),
  )
  return method === 'get' ? result : offerStepUp(result)
}

/**
 * Sends a request and passes the response's text and headers to `read`.
 *
 * Text leaves the portal as a file, so this is an act, which offers a step-up.
 */
export async function sendForText<P extends PathWith<'get'>, T>(
  path: P,
  input: Input<Operation<'get', P>>,
  read: (content: string, headers: Headers) => T,
): Promise<Result<T>> {
  const result = await exchange<T>('get', path, input as Untyped, (content, { headers }) => ({
    value: read(content, headers),
  }))
  return offerStepUp(result)
}

/** An input after type checking. */
interface Untyped {
  path?: Record<string, string> | undefined
  query?: Record<string, string | number | boolean | null | undefined> | undefined
  body?: unknown
  signal?: AbortSignal | undefined
}

/** Sends a request; `read` returns undefined for a response that it cannot parse. */
async function exchange<T>(
  method: Method,
  path: string,
  input: Untyped | undefined,
  read: (content: string, response: Response) => { value: unknown } | undefined,
): Promise<Result<T>> {
  const late = AbortSignal.timeout(TIMEOUT_MS)
  const { body, signal } = input ?? {}
  let response: Response
  let content: string
  try {
    response = await fetch(address(path, input ?? {}), {
      method: method.toUpperCase(),
      headers: {
        accept: 'application/json, text/csv',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    })
    content = await response.text()
  } catch {
    return { ok: false, problem: localProblem(late.aborted ? 'timeout' : 'offline') }
  }
  const date = Date.parse(response.headers.get('date') ?? '')
  if (date) clock.ahead = date - Date.now()
  if (!response.ok) {
    const problem = parse(content)?.value
    return {
      ok: false,
      problem: readProblem(response.status, problem, response.headers.get('retry-after')),
    }
  }
  const answer = read(content, response)
  if (!answer) return { ok: false, problem: localProblem('unreadable') }
  return { ok: true, value: answer.value as T }
}

/** Returns a path with its parameters encoded, so that they cannot alter its shape. */
export function address(path: string, { path: parts = {}, query = {} }: Untyped): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parts[name] ?? ''),
  )
  const given = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  if (!given.length) return filled
  return `${filled}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

/** Parses JSON; undefined for anything else, such as a proxy's error page. */
function parse(content: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(content) }
  } catch {
    return undefined
  }
}
