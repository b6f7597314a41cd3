import type { FastifyRequest } from 'fastify'
import type { AccountFace } from '../../domain/account.ts'
import { faces, requireFreshSignIn, requireSignIn, type SignedIn } from '../browser.ts'

/** Lets a request through for the owner of an account, with the short menu of these pages. */
export async function requireOwner(
  request: FastifyRequest,
  face: AccountFace,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<SignedIn> {
  const signedIn = fresh
    ? await requireFreshSignIn(request, face)
    : await requireSignIn(request, face)
  const { base, home } = faces[face]
  request.pageFacts = {
    ...request.pageFacts,
    navigation: [
      { text: face === 'practice' ? 'Today' : 'Home', href: home },
      { text: 'Your account', href: `${base}/account`, current: true },
    ],
  }
  return signedIn
}
