import type { Client } from '../bench/client.ts'
import type { SignedIn } from '../bench/people.ts'
import { anyOf, askAs, formOf } from './asking.ts'
import type { Journal } from './journal.ts'

/** Sign-ins that are there to be ended, and every way into the service. */
export interface LeavingClient {
  readonly spare: SignedIn[]
  readonly clients: readonly Client[]
  readonly journal: Journal
}

/** Somebody signs out through one way in, and is then tried at once through every other. */
export async function signOutOne(leaving: LeavingClient): Promise<void> {
  const { spare, clients, journal } = leaving
  const one = spare.shift()
  if (!one) return
  const ask = askAs(one.cookie, clients, journal)
  const page = await ask.get('/home')
  const form = formOf(page.body, '/sign-out')
  if (form === undefined) {
    journal.breaches.push(`a live sign-in was not let in (${page.status})`)
    return
  }
  const answer = await ask.post('/sign-out', form)
  // A 403 says that an earlier try of the same form did it: the sign-in is gone, and its token.
  if (answer.status !== 303 && answer.status !== 403) {
    journal.breaches.push(`signing out answered ${answer.status}`)
    return
  }
  journal.acknowledged.push({ kind: 'sign-out', cookie: one.cookie })
  for (const client of clients) await requireOutside(client, one.cookie, journal)
}

/** Somebody who signed out long ago is tried again: nothing that is killed brings them back (I-5). */
export async function tryEndedSignIn({ clients, journal }: LeavingClient): Promise<void> {
  const ended = journal.acknowledged.filter((one) => one.kind === 'sign-out')
  const one = anyOf(ended)
  const client = anyOf(clients)
  if (one && client) await requireOutside(client, one.cookie, journal)
}

async function requireOutside(client: Client, cookie: string, journal: Journal): Promise<void> {
  const answer = await client.get('/home', cookie).catch(() => undefined)
  if (answer?.status === 200) journal.breaches.push('somebody who had signed out was let in')
}
