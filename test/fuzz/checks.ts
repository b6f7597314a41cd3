import type { Incoming, Outgoing } from './send.ts'
import { elementMark, headerName } from './values.ts'

/** Something that an answer must never be, and what was asked. */
export interface Finding {
  readonly what: string
  readonly person: string
  readonly request: string
}

const slowestMs = 15_000

/**
 * Looks for words that an answer must not hold, however they are written into it: the `own` in each
 * answer, of the `others` a share that moves on from answer to answer.
 */
export function makeForbidden(
  own: readonly string[],
  others: readonly string[],
): (text: string) => string | undefined {
  const always = writings(own)
  const inTurn = writings(others)
  let at = 0
  return (text) => {
    const found = always.find((phrase) => text.includes(phrase))
    if (found !== undefined || inTurn.length === 0) return found
    for (let count = 0; count < 16; count++) {
      const phrase = inTurn[at++ % inTurn.length] ?? ''
      if (text.includes(phrase)) return phrase
    }
    return undefined
  }
}

const writings = (phrases: readonly string[]): readonly string[] => [
  ...new Set(phrases.flatMap((phrase) => [phrase, escaped(phrase)])),
]

/** What is wrong with one answer: a fault, a leak, an element or header let in, a way out, or slow. */
export function faultsOf(
  answer: Incoming,
  forbidden: (text: string) => string | undefined,
): readonly string[] {
  const { status, headers, body, ms } = answer
  const found: string[] = []
  if (status >= 500 && status !== 503) found.push(`an answer of ${status}`)
  if (ms > slowestMs) found.push(`an answer after ${Math.round(ms)} ms`)
  const leak = forbidden(body) ?? forbidden(JSON.stringify(headers))
  if (leak !== undefined) found.push(`held words: ${leak.slice(0, 60)}`)
  if (headers[headerName] !== undefined) found.push('a header of the sender’s')
  const isPage = headers['content-type']?.toString().startsWith('text/html') === true
  if (isPage && body.includes(elementMark)) found.push('an element of the sender’s')
  if (isPage && /\[object Object\]|Invalid Date|at \w+ \(.*\.[jt]sx?:\d+/.test(body))
    found.push('a page that tells of the inside')
  const { location } = headers
  if (typeof location === 'string' && !isOwn(location)) found.push(`a way out to ${location}`)
  return found
}

/** Leads to a page of ours, or to NHS login as it is set up. */
function isOwn(location: string): boolean {
  return /^\/(?![/\\])/.test(location) || /^http:\/\/localhost:\d+\/authorize\?/.test(location)
}

function escaped(phrase: string): string {
  return phrase
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A request in one line, to be sent again by hand; cookies and tokens are left out. */
export function formatRequest({ method, url, headers, body }: Outgoing): string {
  const { cookie: _, ...others } = headers
  const text = body?.toString('latin1').replace(/_csrf=[^&]*/g, '_csrf=…') ?? ''
  return `${method} ${url.slice(0, 400)} ${JSON.stringify(others).slice(0, 300)} ${text.slice(0, 500)}`
}
