import type { FastifyReply, FastifyRequest } from 'fastify'
import { parseId, type Id } from '#kernel/id'

/** Patients and staff sign in apart, each with a cookie of its own. */
export type Face = 'patient' | 'practice'

/** What a browser presents: nothing is known of it until it is looked up. */
export interface PresentedSignIn {
  readonly accountId: Id<'Account'>
  readonly token: string
}

/** `__Host-` binds a cookie to this host over https; browsers refuse that name on plain http. */
function cookieName(face: Face, isSecure: boolean): string {
  return isSecure ? `__Host-${face}-sign-in` : `${face}-sign-in`
}

/** The sign-in that a request presents for a face, if it is of the right form. */
export function readSignIn(request: FastifyRequest, face: Face): PresentedSignIn | undefined {
  const value = request.cookies[cookieName(face, request.server.isSecure)]
  const [account, token] = value?.split('.') ?? []
  const accountId = parseId<'Account'>(account)
  if (accountId === undefined || token === undefined || !/^[\w-]{43}$/.test(token)) return undefined
  return { accountId, token }
}

/** Gives the browser its sign-in, until it is closed. */
export function writeSignIn(reply: FastifyReply, face: Face, signIn: PresentedSignIn): void {
  const isSecure = reply.server.isSecure
  void reply.setCookie(cookieName(face, isSecure), `${signIn.accountId}.${signIn.token}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
  })
}

/** Takes the sign-in back from the browser. */
export function clearSignIn(reply: FastifyReply, face: Face): void {
  const isSecure = reply.server.isSecure
  void reply.clearCookie(cookieName(face, isSecure), { path: '/', secure: isSecure })
}
