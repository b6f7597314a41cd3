import type { Database } from '#platform/db'
import { currentCode, newCodeSecret } from '#platform/auth'
import { createAccountsInBulk } from '#modules/accounts'
import { savePractice } from '#modules/directory'
import { newId } from '#kernel/id'
import { systemProof } from '#platform/db'
import { hiddenFields, openClient } from '../client.ts'
import { rounded } from '../figures.ts'
import { odsCode } from '../people.ts'
import { watchProcessor } from '../processor.ts'
import type { ServerUnderTest } from '../server.ts'

const practice = odsCode('Y99005')
const many = 60
const atOnce = 4
const password = 'only-for-measuring-sign-ins'

/** What a sign-in by password and one-time code costs, each by somebody else, over HTTP. */
export async function measureSignIns(
  db: Database,
  databaseUrl: string,
  server: ServerUnderTest,
): Promise<{
  readonly perSecond: number
  /** Processor time for one. */
  readonly serverMs: number
  readonly databaseMs: number
}> {
  const secret = newCodeSecret()
  const emails = await makeAccounts(db, secret)
  const client = openClient(server.port, atOnce)
  const page = await client.get('/sign-in', '')
  const code = await currentCode(secret, db.now())
  const used = await watchProcessor(databaseUrl, server.pid)
  const began = performance.now()
  const waiting = emails.values()
  const one = async (): Promise<void> => {
    for (const email of waiting) {
      const fields = { ...hiddenFields(page.body), email, password, code }
      const answer = await client.post('/sign-in', '', fields)
      if (answer.status !== 303) throw new Error(`A sign-in answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  const seconds = (performance.now() - began) / 1000
  const { serverCpuSeconds, databaseCpuSeconds } = await used()
  client.close()
  return {
    perSecond: rounded(many / seconds),
    serverMs: rounded((serverCpuSeconds / many) * 1000),
    databaseMs: rounded((databaseCpuSeconds / many) * 1000),
  }
}

async function makeAccounts(db: Database, totpSecret: string): Promise<readonly string[]> {
  await db.transaction(systemProof(practice), (tx) =>
    savePractice(tx, {
      practice,
      name: 'Benchmark Surgery',
      addressLines: [],
      openingHours: '',
      isDemo: true,
    }),
  )
  const emails = Array.from({ length: many }, (_, place) => `signs-in-${place}@example.org`)
  await createAccountsInBulk(
    db,
    password,
    emails.map((email) => ({
      face: 'patient',
      email,
      displayName: 'Benchmark',
      totpSecret,
      isDemo: false,
      links: [{ practice, subjectId: newId(db.now()), relation: 'self' }],
    })),
  )
  return emails
}
