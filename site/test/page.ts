/** A page for unit tests, with an API whose responses the test defines. */
import { ORIGIN, window } from './dom.ts'

export interface ApiRequest {
  /** For example `POST /api/accounts/A/professionals`. */
  route: string
  body: unknown
}

/** Responses by route, without the query: a body, or a problem. */
export type Answers = Record<string, (request: ApiRequest) => unknown>

export interface TestPage {
  /** Requests to the API, in order. */
  requests: ApiRequest[]
  /** Addresses that the page has navigated to. */
  visited: string[]
}

/** A response with a problem. */
export class ProblemResponse {
  constructor(
    readonly status: number,
    readonly kind: string,
    readonly members: Record<string, unknown> = {},
  ) {}
}

/** Opens an empty page at `path`, as the template creates it. */
export function openPage(path: string, answers: Answers = {}): TestPage {
  const page: TestPage = { requests: [], visited: [] }
  window.happyDOM.setURL(ORIGIN + path)
  window.sessionStorage.clear()
  window.document.title = 'Page – Portal'
  const body = window.document.createElement('body')
  body.innerHTML = `
    <div id="account" aria-busy="true"></div>
    <h1 id="heading">Page</h1>
    <div id="status"></div>
    <div id="alert"></div>
    <div id="view" aria-busy="true"><div class="skeleton"></div></div>
    <div id="toasts"></div>`
  window.document.body.replaceWith(body)
  window.location.assign = (address: string | URL) => void page.visited.push(String(address))
  globalThis.fetch = async (address, init) => {
    const { pathname } = new URL(String(address), ORIGIN)
    const request = {
      route: `${init?.method ?? 'GET'} ${pathname}`,
      body: init?.body ? JSON.parse(String(init.body)) : null,
    }
    page.requests.push(request)
    return respond(answers[request.route]?.(request) ?? new ProblemResponse(404, 'not-found'))
  }
  return page
}

function respond(answer: unknown): Response {
  if (!(answer instanceof ProblemResponse)) return Response.json(answer)
  const { status, kind, members } = answer
  return Response.json({ type: `/problems/${kind}/`, ...members }, { status })
}

/** Waits until `find` finds something. */
export async function until<T>(find: () => T | null | undefined | false): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = find()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(
    `this did not come: ${find}\n${document.body.textContent?.replaceAll(/\s+/g, ' ')}`,
  )
}

/** Finds a button or link by its text. */
export function button(name: string): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>('button, a')
  return [...all].find((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim() === name)
}

/** Types into the field with the id `id`, and leaves it. */
export function type(id: string, value: string): void {
  const field = document.getElementById(id) as HTMLInputElement
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('focusout', { bubbles: true }))
}

/** Returns an element's text, with runs of spaces collapsed. */
export const shown = (id: string): string =>
  document.getElementById(id)?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
