import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { OdsCode } from '#kernel/ods-code'
import { csrfToken } from '#platform/auth'
import type { Database } from '#platform/db'
import { buildAssets } from '#platform/html'
import { openServer } from '#platform/http'
import type { Log } from '#platform/log'
import { beginSignIn, type AccountId } from '#modules/accounts'

const faults: unknown[] = []
const log: Log = {
  error: (facts) => faults.push(facts),
  warn: () => undefined,
  info: () => undefined,
}

/** A server of some capabilities that does not listen; its faults fail the test that met them. */
export async function openPages(
  db: Database,
  ...registrations: readonly ((app: FastifyInstance) => void)[]
): Promise<FastifyInstance> {
  const assets = await buildAssets()
  const app = await openServer({ publicUrl: 'http://localhost', showNhsLogo: false, log, assets })
  app.decorate('db', db)
  for (const register of registrations) register(app)
  return app
}

/** An answer, with its words as a person reads them. */
export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly html: string
  /** The words of the page's main part, without markup, white space taken together. */
  readonly words: string
}

/** Someone signed in, who follows links and sends forms without JavaScript. */
export interface Visitor {
  get(path: string): Promise<Answer>
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Answer>
}

/** Signs an account in on its face of the site. */
export async function signedIn(
  app: FastifyInstance,
  accountId: AccountId,
  link: {
    readonly practice: OdsCode
    readonly subjectId: string
    readonly relation: 'self' | 'proxy' | 'staff'
  },
): Promise<Visitor> {
  const face = link.relation === 'staff' ? 'practice' : 'patient'
  const token = await beginSignIn(app.db, accountId, face, link)
  const cookie = `${face}-sign-in=${accountId}.${token}`
  return {
    get: async (url) => answerOf(await app.inject({ url, headers: { cookie } })),
    post: async (url, fields = {}) => {
      const form = new URLSearchParams({ _csrf: csrfToken(token) })
      for (const [name, value] of Object.entries(fields)) {
        for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
      }
      const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
      return answerOf(await app.inject({ method: 'POST', url, headers, payload: form.toString() }))
    },
  }
}

function answerOf(response: LightMyRequestResponse): Answer {
  const html = response.body
  if (response.statusCode >= 500) throw new Error(`The server failed: ${JSON.stringify(faults)}`)
  const main = html.slice(Math.max(html.indexOf('<main'), 0))
  const text = main
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
  return {
    status: response.statusCode,
    location: response.headers.location?.toString(),
    html,
    words: text.replaceAll(/\s+/g, ' ').trim(),
  }
}

/** The value of a hidden field of a page's form. */
export function hiddenField(answer: Answer, name: string): string {
  const found = new RegExp(`name="${name}" value(?:="([^"]*)")?`).exec(answer.html)
  if (!found) throw new Error(`The page has no hidden field ${name}`)
  return found[1] ?? ''
}
