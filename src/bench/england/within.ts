import { csrfToken } from '#platform/auth'
import type { App } from '../capture.ts'
import type { Browser } from './visits.ts'

/** What proves a sign-in, of a cookie that says who signed in. */
export const tokenOf = (cookie: string): string => cookie.split('.')[1] ?? ''

/** A browser that asks a service in this process. `sees` is told of each form before it is sent. */
export function browserWithin(
  app: App,
  cookie: string,
  sees: (form: Readonly<Record<string, string>>) => void = () => undefined,
): Browser {
  const _csrf = csrfToken(tokenOf(cookie))
  const seen = (answer: Awaited<ReturnType<App['inject']>>) => ({
    status: answer.statusCode,
    location: answer.headers.location?.toString(),
    body: answer.body,
  })
  return {
    get: async (url) => seen(await app.inject({ url, headers: { cookie } })),
    post: async (url, form) => {
      sees(form)
      const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
      const payload = new URLSearchParams({ _csrf, ...form }).toString()
      return seen(await app.inject({ method: 'POST', url, headers, payload }))
    },
  }
}
