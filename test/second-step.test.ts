import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, type Database } from '#platform/db'
import { setAccessPolicy } from '../src/modules/access/commands/rights/set-policy.ts'
import { defaultPolicy } from '../src/modules/access/domain/policy/policy.ts'
import { aSignedInPatient, testApp, type Visitor } from './support/app.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { routes } from './support/routes.ts'
import { aPractice, aStaffMember } from './support/surgery.ts'

const start = new Date('2026-03-02T08:00:00Z')

/** DOMAIN CO-5. */
describe('a second step before the record', () => {
  let database: TestDatabase
  let db: Database
  let app: FastifyInstance
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase(start)
    db = database.db
    app = await testApp(db)
    practice = await aPractice(db)
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
  })

  const get = (who: Visitor, url: string) => app.inject({ url, headers: { cookie: who.cookie } })
  const post = (who: Visitor, url: string, fields: Readonly<Record<string, string>> = {}) =>
    app.inject({
      method: 'POST',
      url,
      headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: who.csrf, ...fields }).toString(),
    })
  const choose = (who: Visitor, minutes: number) =>
    post(who, '/account/second-step', { minutes: String(minutes) })
  const policy = async (secondStepMinutes: number) => {
    const manager = await aStaffMember(db, practice, { name: 'Mo', roles: ['practice-manager'] })
    await db.transaction(manager.acting, (tx) =>
      setAccessPolicy(tx, { ...defaultPolicy, secondStepMinutes }),
    )
  }
  const asksAgain = async (who: Visitor, url = '/record') =>
    (await get(who, url)).headers.location?.startsWith('/account/confirm') ?? false

  test('holds for every page, file, search, print and form of the record, and for nothing else', async () => {
    database.setNow(start)
    const ann = await aSignedInPatient(db, practice)
    expect(await asksAgain(ann)).toBe(false)
    expect((await choose(ann, 5)).statusCode).toBe(303)
    expect(await asksAgain(ann)).toBe(false)
    database.setNow(minutesAfter(start, 5))
    const open: string[] = []
    for (const [route, asks] of Object.entries(routes)) {
      if (asks === 'public' || !('patient' in asks) || asks.patient !== 'record') continue
      const [method, path = ''] = route.split(' ')
      const url = path.replaceAll(/:\w+/g, newId(start))
      const answer = await (method === 'POST' ? post(ann, url) : get(ann, url))
      if (!answer.headers.location?.startsWith('/account/confirm?next=%2Frecord')) open.push(route)
    }
    expect(open).toEqual([])
    for (const url of ['/home', '/appointments', '/prescriptions'])
      expect((await get(ann, url)).statusCode).toBe(200)
  })

  test('asks no more once somebody proved again who they are, and asks those who act for them', async () => {
    database.setNow(start)
    const ann = await aSignedInPatient(db, practice)
    await choose(ann, 5)
    database.setNow(minutesAfter(start, 9))
    expect(await asksAgain(ann)).toBe(true)
    await db.accounts.run(sql`
      update accounts.sign_in set proved_at = ${db.now()} where account_id = ${ann.accountId}`)
    expect(await asksAgain(ann)).toBe(false)
  })

  test('is not taken away, nor passed by choosing whom to act for, without proving who one is', async () => {
    database.setNow(start)
    const ann = await aSignedInPatient(db, practice)
    await choose(ann, 5)
    database.setNow(minutesAfter(start, 20))
    expect((await choose(ann, 0)).headers.location).toContain('/account/confirm')
    expect(await asksAgain(ann)).toBe(true)
    const subjectId = ann.patientId
    const turned = await post(ann, '/account/acting-for', { practice, subjectId })
    expect([turned.statusCode, turned.headers.location]).toEqual([303, '/home'])
    const cookie = String(turned.headers['set-cookie']).split(';')[0] ?? ''
    const again = { ...ann, cookie }
    expect((await get(again, '/home')).statusCode).toBe(200)
    expect((await get(ann, '/home')).statusCode).toBe(303)
    expect(await asksAgain(again)).toBe(true)
    expect((await get(again, '/account/password')).headers.location).toContain('/account/confirm')
  })

  test('is the practice’s to set for those who chose nothing, and the patient’s to change', async () => {
    database.setNow(start)
    const ann = await aSignedInPatient(db, practice)
    const bea = await aSignedInPatient(db, practice)
    const proxy = await aSignedInPatient(db, practice, { as: 'proxy' })
    await choose(bea, 0)
    await policy(15)
    database.setNow(minutesAfter(start, 15))
    expect(await asksAgain(ann)).toBe(true)
    expect(await asksAgain(bea)).toBe(false)
    expect(await asksAgain(proxy)).toBe(true)
    expect((await choose(proxy, 0)).statusCode).toBe(403)
    expect(await asksAgain(proxy)).toBe(true)
    await policy(0)
  })
})
