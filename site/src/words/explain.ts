/** Explains problems to the user. `problem-notice.ts` draws them. */
import * as words from '#language/problems.ts'
import type { Problem } from '../api/problem.ts'
import { formatDay, formatList, missingPermission, rolesInSentence } from './codes.ts'
import { acceptedSignIns } from './sign-in-policy.ts'

export interface Explanation {
  title: string
  text: string
}

/**
 * Returns a title and text for `problem`, with its details. The server's own sentence is English
 * and for developers.
 */
export function explain(problem: Problem): Explanation {
  const { title, text } = words.explanations[problem.kind]
  if (problem.kind === 'forbidden' && problem.permission)
    return { title, text: missingPermission(problem.permission) }
  return {
    title: problem.kind === 'plan-lapsed' && problem.begins_on ? words.notBegun : title,
    text: [text, detail(problem)].filter(Boolean).join(' '),
  }
}

function detail(problem: Problem): string {
  switch (problem.kind) {
    case 'access-ended':
      return problem.since ? words.lastDay(formatDay(problem.since)) : ''
    case 'changed':
      return problem.changed.length
        ? words.changedParts(formatList(problem.changed.map((part) => words.parts[part])))
        : ''
    case 'role-required':
      if (problem.needs_active) return words.nobodyCanSignIn
      return problem.roles.length ? words.nobodyLeft(rolesInSentence(problem.roles)) : ''
    case 'step-up-required':
      return [problem.fresh && words.needsFresh, problem.factors && words.needsFactors]
        .filter(Boolean)
        .join(' ')
    case 'linking-limited':
      return problem.linking.kind === 'any'
        ? ''
        : words.acceptedInstead(acceptedSignIns(problem.linking))
    case 'unavailable':
    case 'too-many-requests':
      return problem.retryAfter ? words.worksAgain(waitingTime(problem.retryAfter)) : ''
    default:
      return ''
  }
}

/** Formats a waiting time: in seconds up to 90, in minutes beyond. */
export function waitingTime(seconds: number): string {
  return seconds <= 90 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60))
}
