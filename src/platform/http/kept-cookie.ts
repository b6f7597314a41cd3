import type { FastifyReply, FastifyRequest } from 'fastify'

/** What a browser keeps beside its sign-in: what it began, and that it was here before. */
export type KeptCookie =
  | 'device'
  | 'passkey-sign-in'
  | 'passkey-addition'
  | 'nhs-login'
  | 'authenticator'
  | 'sign-up'
  | 'asked'

function cookieName(kind: KeptCookie, isSecure: boolean): string {
  return isSecure ? `__Host-${kind}` : kind
}

/** The token that a browser keeps under this name, if it is of the right form. */
export function readKept(request: FastifyRequest, kind: KeptCookie): string | undefined {
  const value = request.cookies[cookieName(kind, request.server.isSecure)]
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

/** Gives the browser a token to keep for so many seconds. Scripts cannot read it. */
export function keep(reply: FastifyReply, kind: KeptCookie, token: string, seconds: number): void {
  const isSecure = reply.server.isSecure
  void reply.setCookie(cookieName(kind, isSecure), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: seconds,
  })
}

/** Takes a token back from the browser. */
export function dropKept(reply: FastifyReply, kind: KeptCookie): void {
  const isSecure = reply.server.isSecure
  void reply.clearCookie(cookieName(kind, isSecure), { path: '/', secure: isSecure })
}
