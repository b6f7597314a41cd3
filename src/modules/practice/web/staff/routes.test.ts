import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, instantAt, localDateOf } from '#kernel/time'
import { currentCode } from '#platform/auth'
import { sql, systemProof } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import { testApp } from '../../../../../test/support/app.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { anAccount, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { signedIn, type Visitor } from '../../../../../test/support/visitor.ts'
import { practiceJobs } from '../../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(now)
  app = await testApp(database.db)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

async function aManager(practice: OdsCode): Promise<Visitor & { readonly staffId: string }> {
  const roles = ['practice-manager'] as const
  const { staffId } = await aStaffMember(database.db, practice, { name: 'Graham Holt', roles })
  const accountId = await anAccount(database.db, 'practice', { practice, subjectId: staffId })
  const link = { practice, subjectId: staffId, relation: 'staff' } as const
  return { ...(await signedIn(app, accountId, link)), staffId }
}

let place = 0

/** Somebody new, as far as the joining code that their manager hands them. */
async function aJoiner(manager: Visitor, roles: readonly string[] = ['receptionist']) {
  place += 1
  const email = `joiner${place}@example.test`
  const form = { name: 'Jo Newman', jobTitle: 'Receptionist', email, roles }
  const made = await manager.post('/practice/staff', form)
  const code = /app-code">([a-z0-9-]{14})</.exec(made.html)?.[1] ?? ''
  return { email, code, made }
}

/** A browser without a sign-in, which keeps what it is given. */
function aBrowser() {
  const kept = new Map<string, string>()
  const ask = async (method: 'GET' | 'POST', url: string, fields: Record<string, string> = {}) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(method === 'POST' && { payload: new URLSearchParams(fields).toString() }),
    })
    for (const { name, value } of answer.cookies) kept.set(name, value)
    return answer
  }
  return { ask, kept }
}

const password = 'three quiet otters swam'

async function join(email: string, code: string) {
  const browser = aBrowser()
  const first = await browser.ask('POST', '/practice/join', { email, code })
  const page = await browser.ask('GET', '/practice/join/set-up')
  const secret = /app-code">([A-Z2-7 ]+)</.exec(page.body)?.[1]?.replaceAll(' ', '') ?? ''
  const finish = async (chosen: Record<string, string> = {}) => {
    const shown = secret === '' ? '' : await currentCode(secret, database.db.now())
    return browser.ask('POST', '/practice/join/set-up', { password, code: shown, ...chosen })
  }
  return { browser, first, finish }
}

async function idOf(practice: OdsCode, name: string): Promise<string> {
  const row = await database.db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly staffId: string }>(sql`
      select staff_id from directory.staff
      where practice = ${practice} and name = ${name}`),
  )
  return row?.staffId ?? ''
}

async function eventsOf(practice: OdsCode): Promise<readonly string[]> {
  const rows = await database.db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly type: string }>(sql`
      select type from audit.event
      where practice = ${practice}
        and (type like 'practice.%' or type like 'accounts.%')
        and type not like '%viewed'
      order by event_id`),
  )
  return rows.map((row) => row.type)
}

describe('a joiner', () => {
  test('sets up both factors with the code, once, and has the roles they were given', async () => {
    const practice = await aPractice(database.db)
    const manager = await aManager(practice)
    const { email, code } = await aJoiner(manager)

    const { browser, finish } = await join(email, code)
    expect((await finish({ password: 'short' })).statusCode).toBe(400)
    expect((await finish({ code: '000000' })).statusCode).toBe(400)
    const joined = await finish()
    expect(joined.headers.location).toBe('/practice/account?done=joined')
    expect((await browser.ask('GET', '/practice/patients')).statusCode).toBe(200)
    expect((await browser.ask('GET', '/practice/staff')).statusCode).toBe(403)

    const again = await join(email, code)
    expect(again.first.statusCode).toBe(400)
    expect(await eventsOf(practice)).toEqual(
      expect.arrayContaining([
        'practice.staff-joined',
        'accounts.account-made',
        'accounts.joining-begun',
        'accounts.joined',
        'accounts.signed-in',
      ]),
    )
  })

  test('is told the same for a wrong code, a wrong address and a code that is too old', async () => {
    const manager = await aManager(await aPractice(database.db))
    const { email, code } = await aJoiner(manager)
    const wrong = await aBrowser().ask('POST', '/practice/join', { email, code: 'aaaa-bbbb-cccc' })
    const nobody = await aBrowser().ask('POST', '/practice/join', {
      email: 'no@example.test',
      code,
    })
    database.setNow(new Date(now.getTime() + 7 * 86_400_000))
    const late = await aBrowser().ask('POST', '/practice/join', { email, code })
    database.setNow(now)
    const bodies = [wrong, nobody, late].map(({ body }) =>
      body.replaceAll(email, '').replaceAll('no@example.test', ''),
    )
    expect(new Set(bodies).size).toBe(1)
    expect(bodies[0]).toContain('is not right, or the code is too old')
  })

  test('cannot have an address that somebody signs in with, or no role', async () => {
    const manager = await aManager(await aPractice(database.db))
    const { email } = await aJoiner(manager)
    const form = { name: 'Jo Two', jobTitle: 'Nurse', email: email.toUpperCase() }
    const taken = await manager.post('/practice/staff', { ...form, roles: ['clinician'] })
    expect(taken.words).toContain('Somebody signs in with this email address already')
    const free = { ...form, email: 'free@example.test' }
    const without = await manager.post('/practice/staff', { ...free, roles: ['national-analyst'] })
    expect(without.words).toContain('Choose at least one role')
  })
})

describe('somebody who works here and has no sign-in yet', () => {
  test('is given one with a joining code, once', async () => {
    const practice = await aPractice(database.db)
    const manager = await aManager(practice)
    const given = { name: 'Nadia Before', roles: ['clinician'] } as const
    const { staffId } = await aStaffMember(database.db, practice, given)
    const path = `/practice/staff/${staffId}`
    expect((await manager.get(path)).words).toContain('Give a sign-in')
    const made = await manager.post(`${path}/account`, { email: 'nadia.before@example.test' })
    const code = /app-code">([a-z0-9-]{14})</.exec(made.html)?.[1] ?? ''
    const joined = await (await join('nadia.before@example.test', code)).finish()
    expect(joined.headers.location).toBe('/practice/account?done=joined')
    const again = await manager.post(`${path}/account`, { email: 'another@example.test' })
    expect(again.status).toBe(404)
  })
})

describe('a mover', () => {
  test('has other roles from the very next request', async () => {
    const practice = await aPractice(database.db)
    const manager = await aManager(practice)
    const { email, code } = await aJoiner(manager)
    const { browser, finish } = await join(email, code)
    await finish()
    const staffId = await idOf(practice, 'Jo Newman')
    const change = { jobTitle: 'Deputy manager', roles: ['receptionist', 'practice-manager'] }
    await manager.post(`/practice/staff/${staffId}`, change)
    expect((await browser.ask('GET', '/practice/staff')).statusCode).toBe(200)
    await manager.post(`/practice/staff/${staffId}`, { ...change, roles: ['receptionist'] })
    expect((await browser.ask('GET', '/practice/staff')).statusCode).toBe(403)
  })

  test('of another practice is not there', async () => {
    const manager = await aManager(await aPractice(database.db))
    const stranger = await aManager(await aPractice(database.db))
    const path = `/practice/staff/${stranger.staffId}`
    const change = { jobTitle: 'x', roles: ['clinician'] }
    expect((await manager.get(path)).status).toBe(404)
    expect((await manager.post(path, change)).status).toBe(404)
    expect((await manager.post(`${path}/leave`, { when: 'now' })).status).toBe(404)
    expect((await manager.post(`${path}/joining-code`)).status).toBe(404)
  })

  test('cannot be the last manager, however two managers press at one moment', async () => {
    const practice = await aPractice(database.db)
    const [one, two] = [await aManager(practice), await aManager(practice)]
    const step = { jobTitle: 'Clinician', roles: ['clinician'] }
    const answers = await Promise.all([
      one.post(`/practice/staff/${two.staffId}`, step),
      two.post(`/practice/staff/${one.staffId}`, step),
    ])
    expect(answers.map(({ status }) => status).toSorted()).not.toEqual([303, 303])
    const left = await database.db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly staffId: string }>(sql`
        select staff_id from directory.staff
        where practice = ${practice} and active and 'practice-manager' = any(roles)
        order by staff_id`),
    )
    expect(left).toHaveLength(1)
  })
})

describe('a leaver', () => {
  test('is signed out at once, and no code or password of theirs works again', async () => {
    const practice = await aPractice(database.db)
    const manager = await aManager(practice)
    const { email, code } = await aJoiner(manager)
    const { browser, finish } = await join(email, code)
    await finish()
    const staffId = await idOf(practice, 'Jo Newman')
    const reset = await manager.post(`/practice/staff/${staffId}/joining-code`)
    const unused = /app-code">([a-z0-9-]{14})</.exec(reset.html)?.[1] ?? ''
    await manager.post(`/practice/staff/${staffId}/leave`, { when: 'now', lastDay: '' })
    for (const path of ['/practice', '/practice/patients', '/practice/account'])
      expect((await browser.ask('GET', path)).headers.location).toMatch(/^\/practice\/sign-in/)
    expect((await join(email, unused)).first.statusCode).toBe(400)
    expect(await eventsOf(practice)).toEqual(
      expect.arrayContaining(['practice.staff-left', 'accounts.account-closed']),
    )
  })

  test('works to the end of the last day in London, and not a minute longer', async () => {
    const practice = await aPractice(database.db)
    const manager = await aManager(practice)
    const { email, code } = await aJoiner(manager)
    await (await join(email, code)).finish()
    const staffId = await idOf(practice, 'Jo Newman')
    const link = { practice, subjectId: staffId, relation: 'staff' } as const
    const accountId = parseId<'Account'>(
      (
        await database.db.accounts.maybe<{ readonly accountId: string }>(sql`
          select account_id from accounts.link where subject_id = ${staffId}`)
      )?.accountId,
    )
    if (!accountId) throw new Error('No account')
    // The last day is the eve of summer time.
    const lastDay = localDateOf(new Date('2026-03-29T12:00:00Z'))
    await manager.post(`/practice/staff/${staffId}/leave`, { when: 'day', lastDay })
    const lastMinute = instantAt(lastDay, '23:59')
    database.setNow(lastMinute)
    const visitor = await signedIn(app, accountId, link)
    const run = () =>
      runDueJobs(
        database.db,
        new Map(practiceJobs.map((job) => [job.kind, job])),
        openLog('silent'),
      )
    await run()
    expect((await visitor.get('/practice')).status).toBe(200)
    database.setNow(instantAt(addDays(lastDay, 1), '00:00'))
    await run()
    expect((await visitor.get('/practice')).location).toMatch(/^\/practice\/sign-in/)
    database.setNow(now)
  })

  test('is never the last manager', async () => {
    const manager = await aManager(await aPractice(database.db))
    const refused = await manager.post(`/practice/staff/${manager.staffId}/leave`, { when: 'now' })
    expect(refused.status).toBe(400)
    expect(refused.words).toContain('Somebody has to manage the practice')
  })
})
