import { setTimeout as delay } from 'node:timers/promises'
import { NoAnswer, type Answer, type Client } from '../bench/client.ts'
import type { Journal } from './journal.ts'

/** Whoever asks: a client whose cookie is theirs, and which asks until the answer is certain. */
export interface Asker {
  get(path: string): Promise<Answer>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Answer>
}

/** How long somebody goes on asking: the service must be back long before. */
const patienceMs = 600_000

/**
 * Asks as one person through any of these servers, one after the other. A form whose answer did not
 * come, or was not certain (500 and above), is sent again as it was.
 */
export function askAs(cookie: string, clients: readonly Client[], journal: Journal): Asker {
  let next = 0
  const untilCertain = async (ask: (client: Client) => Promise<Answer>): Promise<Answer> => {
    const end = performance.now() + patienceMs
    for (let tries = 0; performance.now() < end && !journal.isAbandoned; tries++) {
      const client = clients[(next += tries > 0 ? 1 : 0) % clients.length]
      if (!client) throw new Error('There is nobody to ask')
      journal.counts.requests++
      if (tries > 0) journal.counts.retries++
      const answer = await ask(client).catch((fault: unknown) => noteFault(journal, fault))
      if (answer) {
        if (answer.status < 500 && answer.status !== 429) return answer
        if (answer.status === 503) journal.counts.answers503++
        else if (answer.status >= 500) journal.counts.answers5xx++
      }
      await delay(100 + Math.random() * 300)
    }
    throw new Error(`No certain answer came within ${patienceMs / 1000} seconds`)
  }
  return {
    get: (path) => untilCertain((client) => client.get(path, cookie)),
    post: (path, form) => untilCertain((client) => client.post(path, cookie, form)),
  }
}

function noteFault(journal: Journal, fault: unknown): undefined {
  if (fault instanceof NoAnswer) journal.breaches.push('a request was left hanging')
  else journal.counts.brokenConnections++
}

/** The hidden fields of the one form of a page that posts to `action`, as a browser would send them. */
export function formOf(html: string, action: string): Readonly<Record<string, string>> | undefined {
  const from = html.indexOf(`action="${action}"`)
  if (from < 0) return undefined
  const form = html.slice(from, html.indexOf('</form>', from))
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined) fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? ''
  }
  return fields
}

/** Every id that a page names after this text, in page order. */
export function idsAfter(html: string, text: string): readonly string[] {
  const found = html.matchAll(new RegExp(`${text}([0-9a-f]{8}-[0-9a-f-]{27})`, 'g'))
  return [...new Set([...found].map(([, id = '']) => id))]
}

/** One of them, by chance. */
export function anyOf<Of>(all: readonly Of[]): Of | undefined {
  return all[Math.floor(Math.random() * all.length)]
}
