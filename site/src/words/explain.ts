/** What each problem means to the person in front of it. How it looks is for `problem-view.ts`. */
import * as words from '#language/problems.ts'
import type { Problem } from '../api/problem.ts'
import { formatDay, rolesInSentence } from './codes.ts'

export interface Explanation {
  title: string
  text: string
}

/**
 * A title and a text for `problem`, with what its members add; the server's own sentence is
 * English, and not for people.
 */
export function explain(problem: Problem): Explanation {
  const { title, text } = words.explanations[problem.kind]
  return {
    title: problem.kind === 'plan-lapsed' && problem.begins_on ? words.notBegun : title,
    text: [text, detail(problem)].filter(Boolean).join(' '),
  }
}

function detail(problem: Problem): string {
  switch (problem.kind) {
    case 'access-ended':
      return problem.since ? words.lastDay(formatDay(problem.since)) : ''
    case 'role-required':
      return problem.roles.length ? words.nobodyLeft(rolesInSentence(problem.roles)) : ''
    case 'unavailable':
    case 'too-many-requests':
      return problem.retryAfter ? words.worksAgain(waitingTime(problem.retryAfter)) : ''
    default:
      return ''
  }
}

/** A waiting time as people say it: seconds up to a minute and a half, minutes beyond. */
export function waitingTime(seconds: number): string {
  return seconds <= 90 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60))
}
