import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isCsrfToken } from '#platform/auth'
import { StaleFormPage } from './broken-page.tsx'
import { Refused } from './leave.ts'
import { readSignIn } from './sign-in-cookie.ts'
import { h } from 'preact'

/**
 * Refuses a posted form that another site sent, or that does not carry the token of the sign-in it
 * would act for.
 */
export function guardForms(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    // By the route, not by the address as sent: "/%70ractice" leads to a practice route too.
    const path = request.routeOptions.url ?? request.url
    const signIn = readSignIn(request, path.startsWith('/practice') ? 'practice' : 'patient')
    const isOurs =
      isSameSite(request) && (!signIn || isCsrfToken(signIn.token, postedToken(request)))
    if (!isOurs) throw new Refused(h(StaleFormPage, {}), 403)
  })
}

function postedToken(request: FastifyRequest): unknown {
  const { body } = request
  return typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined
}

function isSameSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin, host } = request.headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}
