import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { recordAreas } from '#modules/access'
import type { IncomingEntry } from '#modules/record'
import {
  endOwnProxy,
  stopSharingQuietly,
} from '../src/modules/access/commands/proxies/stop-proxy.ts'
import { endAccess, suspendAccess } from '../src/modules/access/commands/rights/change-services.ts'
import { readSubjects } from '../src/modules/record/commands/reading/read-subjects.ts'
import { orderMedicines } from '../src/modules/prescriptions/commands/order-medicines.ts'
import { newId, type Id } from '#kernel/id'
import { testApp } from './support/app.ts'
import { aClinic, aNewSlot } from './support/clinic.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aDate, aProxyFor, storedPatient } from './support/joining.ts'
import { runJobs } from './support/jobs.ts'
import { aRecordPatient } from './support/readers.ts'
import { aConsultation, aNote, aResult, aWeight } from './support/record-builders.ts'
import { actingFor, aPractice } from './support/surgery.ts'
import { signedIn, type Visitor } from './support/visitor.ts'

const start = new Date('2026-03-02T08:00:00Z')
const aMedicine = (sourceKey: string, title: string): IncomingEntry =>
  aWeight({
    sourceKey,
    kind: 'medication',
    title,
    codings: [],
    detail: {
      type: 'repeat',
      status: 'active',
      dose: 'One each morning',
      quantity: '28 tablet',
      durationDays: 28,
      lastIssuedOn: aDate('2026-01-01'),
    },
  })
const entries: readonly IncomingEntry[] = [
  aResult({ sourceKey: 'sodium' }),
  aResult({ sourceKey: 'hiv', title: 'HIV 1 and 2 antibody', codings: [] }),
  aWeight({ sourceKey: 'sad', kind: 'problem', title: 'Depressive disorder', codings: [] }),
  aWeight({ sourceKey: 'ankle', kind: 'problem', title: 'Sprained ankle', codings: [] }),
  aMedicine('pill', 'Sertraline 50mg tablets'),
  aMedicine('cream', 'Metformin 500mg tablets'),
  aConsultation({ sourceKey: 'visit' }),
  aNote({ sourceKey: 'n', text: 'Ankle better', encounterKey: 'visit', parentKey: 'visit' }),
  aConsultation({ sourceKey: 'other' }),
  aNote({ sourceKey: 'm', text: 'Low mood for weeks', encounterKey: 'other', parentKey: 'other' }),
]
const secrets = /HIV|depress|sertraline|low mood|sodium|140 mmol/i
const parts = recordAreas.map((area) => `parts=${area}`).join('&')
const surfaces = [
  '/home',
  '/record',
  ...recordAreas.map((area) => `/record/${area}`),
  '/record/search',
  `/record/download/preview?${parts}`,
  `/record/download/record.json?${parts}`,
  '/prescriptions',
  '/prescriptions/orders',
  '/appointments',
  '/notices',
  '/account/services',
  '/account/acting-for',
]

let base: TestDatabase
let app: FastifyInstance
let practice: OdsCode

beforeAll(async () => {
  base = await makeDatabase(start)
  app = await testApp(base.db)
})
afterAll(async () => {
  await app.close()
  await base.drop()
})
beforeEach(async () => {
  base.setNow(start)
  practice = await aPractice(base.db)
})

/** A patient with a record, and somebody who acts for them, both signed in. */
async function twoPeople(areas: readonly (typeof recordAreas)[number][] = recordAreas) {
  const { db } = base
  const { patientId, accountId } = await aRecordPatient(db, practice, entries)
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update access.association set appointments = 'manage', prescriptions = 'manage'
      where practice = ${practice} and patient_id = ${patientId}`),
  )
  const patient = await storedPatient(db, practice, patientId)
  const proxy = await aProxyFor(db, practice, patient, {
    grant: {
      appointments: 'manage',
      prescriptions: 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
    },
    reach: { areas, subjects: [] },
  })
  await runJobs(db)
  await db.transaction(systemProof(practice), (tx) => readSubjects(tx, patientId))
  base.setNow(minutesAfter(start, 1))
  const come = async (account: typeof accountId, relation: 'self' | 'proxy') => {
    const visitor = await signedIn(app, account, { practice, subjectId: patientId, relation })
    await visitor.post('/record/first-look')
    return visitor
  }
  return {
    patientId,
    proxy,
    own: actingFor<'prescriptions'>(practice, patientId, accountId),
    self: await come(accountId, 'self'),
    other: await come(proxy.accountId, 'proxy'),
  }
}

const everything = async (visitor: Visitor) => {
  const pages = await Promise.all(
    surfaces.map(async (url) => ({ url, ...(await visitor.get(url)) })),
  )
  const found = await Promise.all(
    ['sodium', 'hiv', 'depressive', 'sertraline', 'mood'].map(async (words) => ({
      url: `search for ${words}`,
      ...(await visitor.post('/record/search', { words })),
    })),
  )
  const links = pages.flatMap(({ html }) =>
    [...html.matchAll(/href="(\/record\/[a-z]+\/[\w-]{36})"/g)].map(([, href = '']) => href),
  )
  const linked = await Promise.all(
    [...new Set(links)].map(async (url) => ({ url, ...(await visitor.get(url)) })),
  )
  return { pages: [...pages, ...linked], found }
}

/** DESIGN I-1, I-2; DOMAIN PX-1. */
describe('what a proxy was not given', () => {
  test('is on no page, in no search, count, copy, order or notice, and the patient sees it', async () => {
    const { self, other, patientId, own } = await twoPeople(
      recordAreas.filter((area) => area !== 'results'),
    )
    const ids = await base.db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly entryId: Id<'Medication'>; readonly title: string }>(sql`
        select entry_id, title from record.entry
        where practice = ${practice} and patient_id = ${patientId} and kind = 'medication'
        order by title`),
    )
    const [metformin, sertraline] = ids
    if (!metformin || !sertraline) throw new Error('No medicines')
    const order = async (entryId: Id<'Medication'>) => {
      const made = await orderMedicines(base.db, own, {
        medicationIds: [entryId],
        note: '',
        idempotencyKey: newId(base.db.now()),
      })
      if (!made.ok) throw new Error('Not ordered')
      return made.value
    }
    await order(sertraline.entryId)
    await runJobs(base.db)
    const quiet = await other.get('/notices')
    await order(metformin.entryId)
    await runJobs(base.db)

    const theirs = await everything(other)
    const given = [...theirs.pages, ...theirs.found.map((one) => ({ ...one, html: mainOf(one) }))]
    for (const { url, html } of given)
      expect(url.startsWith('search') ? '' : html.match(secrets)?.[0], url).toBeFalsy()
    for (const { words, url } of theirs.found) expect(words, url).toContain('Nothing found')
    expect(theirs.pages.map(({ words }) => words).join(' ')).toMatch(/Metformin/)
    expect(theirs.pages.map(({ words }) => words).join(' ')).toMatch(/Ankle better/)
    expect(quiet.words).not.toContain('Your GP surgery has your order')
    expect((await other.get('/notices')).words).toContain('Your GP surgery has your order')

    const mine = (await everything(self)).pages.map(({ html }) => html).join(' ')
    for (const secret of ['HIV', 'Depress', 'Sertraline', 'Low mood', 'sodium'])
      expect(mine).toMatch(new RegExp(secret, 'i'))
  })
})

function mainOf({ words }: { readonly words: string }): string {
  return words
}

const waysToStop = ['suspended', 'ended', 'ended by the patient', 'not safe', 'last day'] as const

/** DESIGN I-5; DOMAIN CO-3, 6.1. */
describe('access that stops while somebody acts', () => {
  test.for(waysToStop)(
    '%s: the next page, form and download say no, all in the same words',
    async (way) => {
      const { self, other, patientId, proxy, own } = await twoPeople()
      const [slotId] = await aClinic(base.db, practice, [
        aNewSlot({ startsAt: new Date('2026-03-05T09:00:00Z') }),
      ])
      expect((await other.get('/record/results')).words).toContain('140 mmol/L')
      const form = await other.get(`/appointments/slots/${slotId}`)
      expect(form.status).toBe(200)
      const fields = Object.fromEntries(
        [...form.html.matchAll(/<input type="hidden" name="([a-zA-Z]+)" value="([^"]*)"/g)].map(
          ([, name = '', value = '']) => [name, value],
        ),
      )
      // What is new is read by looking.
      await pagesOf(self)
      const before = await pagesOf(self)
      await stop(way)
      const refused = await other.get('/record/results')
      const posted = await other.post('/appointments', { ...fields, reason: 'Knee' })
      const copy = await other.get(`/record/download/record.json?${parts}`)
      const pdf = await other.get(`/record/download/record.pdf?${parts}`)
      for (const answer of [refused, posted, copy, pdf]) {
        expect(answer.status).toBe(403)
        expect(answer.words).toBe(refused.words)
        expect(answer.html).not.toMatch(/safe|suspend|concern|ended by|withdrawn/i)
      }
      expect(refused.words).toContain('paused them for administrative reasons')
      const booked = await base.db.transaction(systemProof(practice), (tx) =>
        tx.many(
          sql`select appointment_id from appointments.appointment where practice = ${practice}`,
        ),
      )
      expect(booked).toEqual([])
      expect((await other.get('/account/acting-for')).words).not.toContain('Ann Patel')
      words.add(refused.words)
      if (way === 'not safe') expect(await pagesOf(self)).toEqual(before)

      async function stop(how: (typeof waysToStop)[number]): Promise<void> {
        const { db } = base
        const at = { patientId, associationId: await associationOf(proxy.accountId) }
        switch (how) {
          case 'suspended':
            await db.transaction(proxy.staff.acting, (tx) => suspendAccess(tx, at, 'surgery'))
            break
          case 'ended':
            await db.transaction(proxy.staff.acting, (tx) => endAccess(tx, at))
            break
          case 'ended by the patient':
            await db.transaction(own, (tx) => endOwnProxy(tx, proxy.proxyId))
            break
          case 'not safe':
            await db.transaction(own, stopSharingQuietly)
            await runJobs(db)
            break
          case 'last day':
            await db.transaction(systemProof(practice), (tx) =>
              tx.run(sql`
              update access.association set ends_at = ${db.now()}
              where practice = ${practice} and association_id = ${at.associationId}`),
            )
        }
      }
    },
  )

  test('is told in one and the same way, whatever stopped it', () => {
    expect(words.size).toBe(1)
  })

  const words = new Set<string>()
  /** What the patient sees around sharing: a quiet stop leaves all of it as it was. */
  const pagesOf = async (visitor: Visitor) =>
    Promise.all(
      ['/account/sharing', '/notices', '/account/services', '/home'].map(
        async (url) => (await visitor.get(url)).words,
      ),
    )
  const associationOf = async (accountId: string) => {
    const found = await base.db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly associationId: Id<'Association'> }>(sql`
        select association_id from access.association
        where practice = ${practice} and account_id = ${accountId}`),
    )
    if (!found) throw new Error('Nobody acts')
    return found.associationId
  }
})

test('news for one who acts reaches them, and neither the patient nor another who acts', async () => {
  const { self, other, patientId, proxy } = await twoPeople()
  await base.db.transaction(systemProof(practice), (tx) =>
    enqueue(tx, 'access.send-acting-ending', { patientId, accountId: proxy.accountId }),
  )
  const patient = await storedPatient(base.db, practice, patientId)
  const second = await aProxyFor(base.db, practice, patient)
  const link = { practice, subjectId: patientId, relation: 'proxy' } as const
  const another = await signedIn(app, second.accountId, link)
  await runJobs(base.db)
  const news = 'What you can do for somebody ends soon'
  expect((await other.get('/notices')).words).toContain(news)
  expect((await self.get('/notices')).words).not.toContain(news)
  expect((await another.get('/notices')).words).not.toContain(news)
})
