import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { instantAt, minutesAfter, type LocalDate } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import type { PatientId } from '#modules/directory'
import {
  aPatientSide,
  bookedBy,
  openPatientPages,
  type PatientSide,
} from '../../../../../test/support/patient-side.ts'
import { aDay } from '../../../../../test/support/planning.ts'
import { aStaffMember } from '../../../../../test/support/surgery.ts'
import type { Visitor } from '../../../../../test/support/visitor.ts'

const now = new Date('2026-03-02T08:00:00Z')
const wednesday = aDay('2026-03-04')
const list = '/appointments/slots'

let pages: Awaited<ReturnType<typeof openPatientPages>>
let app: FastifyInstance
let side: PatientSide
let patient: Visitor
let patientId: PatientId

beforeAll(async () => {
  pages = await openPatientPages(now)
  ;({ app } = pages)
})
afterAll(() => pages.close())
beforeEach(async () => {
  pages.database.setNow(now)
  side = await aPatientSide(app)
  ;({ patient, patientId } = await side.someone())
})

const at = (day: LocalDate, time: string) => instantAt(day, time)

async function staffId(name: string) {
  return (await aStaffMember(app.db, side.practice, { name, roles: ['prescriber'] })).staffId
}

/** The addresses of links whose words, read aloud, contain these. */
function linksSaying(html: string, words: string): readonly string[] {
  return [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)]
    .filter(([, , inside = '']) => inside.replaceAll(/<[^>]+>/g, '').includes(words))
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
}

describe('searching', () => {
  test('by one day finds what is on it alone, and keeps the day typed', async () => {
    const there = await side.slot({ startsAt: at(wednesday, '09:00') })
    const elsewhere = await side.slot({ startsAt: at(aDay('2026-03-05'), '00:00') })
    const page = await patient.get(`${list}?period=next-week&day=4&month=3&year=2026`)
    expect(page.html).toContain(there)
    expect(page.html).not.toContain(elsewhere)
    expect(page.html).toContain('name="day" type="text" value="4"')
    expect((await patient.get(`${list}?on=2026-03-04`)).html).toContain(there)
  })

  test.each([
    ['day=31&month=2&year=2026', 'Enter a real day, like 27 3 2026'],
    ['day=4&month=&year=2026', 'Enter a real day, like 27 3 2026'],
    ['day=1&month=3&year=2026', 'The day must be today or later'],
  ])('says what is wrong with the day of %s, and keeps what was typed', async (query, fault) => {
    const slotId = await side.slot({ startsAt: at(wednesday, '09:00') })
    const page = await patient.get(`${list}?${query}`)
    expect(page.status).toBe(400)
    expect(page.html).toContain('<title>Error: Choose an appointment')
    expect(page.html).toContain('href="#on-day"')
    expect(page.words).toContain(fault)
    expect(page.html).toContain(`value="${new URLSearchParams(query).get('day')}"`)
    expect(page.html).toContain(slotId)
  })

  test('tells what was chosen in words, and each can be removed by itself', async () => {
    const doctor = await staffId('Dr Okafor')
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(
        sql`update directory.staff set sees_patients = true where practice = ${side.practice}`,
      ),
    )
    const page = await patient.get(`${list}?period=this-week&how=video&with=${doctor}`)
    expect(page.words).toContain('You are looking for This week Remove This week By video Remove')
    expect(page.words).toContain('With Dr Okafor Remove')
    expect(linksSaying(page.html, 'Remove By video')).toEqual([
      `${list}?period=this-week&with=${doctor}`,
    ])
    expect((await patient.get(list)).words).not.toContain('You are looking for')
  })

  test('asks for a place only where the practice has more than one, its own among them', async () => {
    const here = await side.slot({ startsAt: at(wednesday, '09:00') })
    expect((await patient.get(list)).html).not.toContain('name="site"')
    const siteId = await side.site('Mill Lane')
    const there = await side.slot({ startsAt: at(wednesday, '10:00') }, { siteId })
    const both = await patient.get(list)
    expect(both.html).toContain('name="site"')
    expect(both.words).toContain(
      '9:00am in person on Wednesday 4 March 2026 , at Riverbank Surgery',
    )
    expect(both.words).toContain('10:00am in person on Wednesday 4 March 2026 , at Mill Lane')
    const atSite = await patient.get(`${list}?site=${siteId}`)
    expect(atSite.words).toContain('At Mill Lane Remove')
    expect([atSite.html.includes(here), atSite.html.includes(there)]).toEqual([false, true])
    const atMain = await patient.get(`${list}?site=main`)
    expect([atMain.html.includes(here), atMain.html.includes(there)]).toEqual([true, false])
    const booked = await bookedBy(patient, there)
    expect((await patient.get(booked)).words).toContain('Where Mill Lane 1 Mill Lane LS1 1AA')
  })

  test('offers kinds by their public names: those for this patient that have something free', async () => {
    const smear = await side.type({
      name: 'Cx screen',
      publicName: 'Cervical screening',
      sex: 'female',
    })
    const checks = await side.type({ name: 'Health check', minAge: 40, maxAge: 74 })
    const others = [
      await side.type({ name: 'Prostate', sex: 'male' }),
      await side.type({ name: 'Young people', maxAge: 25 }),
      await side.type({ name: 'Review', invitedOnly: true }),
      await side.type({ name: 'At own site', ownSiteOnly: true }),
    ]
    const empty = await side.type({ name: 'Nothing free' })
    const siteId = await side.site('Mill Lane')
    const session = { siteId }
    for (const [index, slotTypeId] of [smear, checks, ...others].entries()) {
      await side.slot({ startsAt: at(wednesday, `1${index}:00`), slotTypeId }, session)
    }
    const page = await patient.get(list)
    const shown = [...page.html.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value)
    expect(shown).toEqual(expect.arrayContaining([smear, checks]))
    for (const slotTypeId of [...others, empty]) expect(shown).not.toContain(slotTypeId)
    expect(page.words).toContain('10:00am in person on Wednesday 4 March 2026 , Cervical screening')
    expect(page.words).not.toContain('Cx screen')

    await side.settle(patientId, { siteId })
    expect((await patient.get(list)).html).toContain(`<option value="${others[3]}"`)
    const chosen = await patient.get(`${list}?type=${smear}`)
    expect(chosen.words).toContain('Cervical screening Remove')
    expect([...chosen.html.matchAll(/href="\/appointments\/slots\/[^"]*"/g)]).toHaveLength(1)
  })

  test('leads back from a slot to the same search', async () => {
    await side.slot({ startsAt: at(wednesday, '09:00') })
    const page = await patient.get(`${list}?period=this-week&how=in-person`)
    const [slot = ''] = linksSaying(page.html, '9:00am')
    const form = await patient.get(slot)
    expect(linksSaying(form.html, 'Choose another appointment')).toEqual([
      `${list}?period=this-week&how=in-person`,
    ])
  })
})

describe('a search that finds nothing', () => {
  test('leads only to wider searches that find something', async () => {
    await side.slot({ startsAt: at(aDay('2026-03-11'), '09:00'), deliveryChannel: 'telephone' })
    const page = await patient.get(`${list}?period=this-week&how=telephone`)
    expect(page.words).toContain('There are none like this to book online at the moment.')
    expect(linksSaying(page.html, 'Look at appointments at any time')).toEqual([
      `${list}?how=telephone`,
    ])
    expect(linksSaying(page.html, 'Look at appointments in any way')).toEqual([])
    expect(linksSaying(page.html, 'Look at all appointments')).toEqual([list])
    const none = await (await side.someone()).patient.get(`${list}?how=video`)
    expect(linksSaying(none.html, 'Look at appointments in any way')).toEqual([list])
    expect(linksSaying(none.html, 'Look at all')).toEqual([])
  })

  test('says when the next three releases are, leaving out what is not for this patient', async () => {
    const men = await side.type({ name: 'For men', sex: 'male' })
    const release = (minutes: number) => minutesAfter(now, minutes)
    for (const [index, minutes] of [60, 60, 120, 180, 240].entries()) {
      await side.slot({ startsAt: at(wednesday, `1${index}:00`), releasedAt: release(minutes) })
    }
    const startsAt = at(wednesday, '16:00')
    await side.slot({ startsAt, releasedAt: release(30), slotTypeId: men })
    const { words } = await patient.get(list)
    expect(words).toContain('More appointments can be booked from Monday 2 March 2026 at 9:00am.')
    expect(words).toContain(
      'After that, more come on Monday 2 March 2026 at 10:00am and on Monday 2 March 2026 at 11:00am.',
    )
    expect(words).not.toContain('at 8:30am')
    expect(words).not.toContain('at midday')
  })

  test('says when slots come inside the horizon, unless booking them has closed by then', async () => {
    await side.rules({ horizonDays: 7, closesMinutesBefore: 60 })
    await side.slot({ startsAt: at(aDay('2026-03-10'), '09:00') })
    await side.slot({ startsAt: at(aDay('2026-03-30'), '09:00') })
    const { words } = await patient.get(list)
    expect(words).toContain(
      'More appointments can be booked from Tuesday 3 March 2026 at midnight.',
    )
    expect(words).toContain('After that, more come on Monday 23 March 2026 at midnight.')
    await side.rules({ horizonDays: 1, closesMinutesBefore: 10_000 })
    expect((await patient.get(list)).words).not.toContain('More appointments can be booked')
  })

  test('tells of draws that are open or still to open, and of no others', async () => {
    const draw = (name: string, opens: number, closes: number, cancelled = false) =>
      app.db.transaction(systemProof(side.practice), (tx) =>
        tx.run(sql`
          insert into appointments.draw
            (practice, draw_id, name, opens_at, closes_at, seed, seed_hash, made_at, cancelled_at)
          values (${side.practice}, ${newId(tx.now)}, ${name}, ${minutesAfter(now, opens)},
            ${minutesAfter(now, closes)}, ${'a'.repeat(64)}, ${'b'.repeat(64)}, ${tx.now},
            ${cancelled ? tx.now : undefined})
        `),
      )
    await draw('Open draw', -60, 60)
    await draw('Coming draw', 60, 120)
    await draw('Closed draw', -120, 0)
    await draw('Cancelled draw', -60, 60, true)
    const { words } = await patient.get(list)
    expect(words).toContain('Open draw : open until Monday 2 March 2026 at 9:00am')
    expect(words).toContain(
      'Coming draw : open from Monday 2 March 2026 at 9:00am until Monday 2 March 2026 at 10:00am',
    )
    expect(words).not.toContain('Closed draw')
    expect(words).not.toContain('Cancelled draw')
  })

  test('leads to the waiting list with what was looked for, where the practice keeps one', async () => {
    const page = await patient.get(`${list}?period=next-week&how=video`)
    expect(linksSaying(page.html, 'Join the waiting list')).toEqual([
      '/appointments/waitlist/new?how=video&from=2026-03-09&until=2026-03-15',
    ])
    await side.rules({ waitlistOpen: false })
    expect((await patient.get(list)).words).not.toContain('waiting list')
  })

  test('ends with the phone, 111 and 999', async () => {
    const { words } = await patient.get(`${list}?on=2026-03-08`)
    expect(words).toContain('Phone your GP surgery on 0113 496 0000')
    expect(words).toContain('111.nhs.uk or call 111. In an emergency call 999.')
  })
})

describe('a week at a glance', () => {
  test('says for each of seven days how many are free before and after midday, and the first', async () => {
    for (const time of ['09:10', '11:50', '12:00']) {
      await side.slot({ startsAt: at(wednesday, time) })
    }
    await side.slot({ startsAt: at(aDay('2026-03-09'), '09:00') })
    const page = await patient.get('/appointments/week')
    expect(page.words).toContain('Monday 2 March 2026 None free')
    expect(page.words).toContain(
      'Wednesday 4 March 2026 Morning: 2 free, first at 9:10am Afternoon: 1 free, first at midday',
    )
    expect(page.words).toContain('Sunday 8 March 2026 None free')
    expect(page.words).not.toContain('Monday 9 March 2026 None free')
    expect(linksSaying(page.html, 'See times on Wednesday 4 March 2026')).toEqual([
      `${list}?on=2026-03-04`,
    ])
  })

  test('keeps what is looked for, from week to week and to a day, and leads no further back than today', async () => {
    await side.slot({ startsAt: at(wednesday, '09:00'), deliveryChannel: 'video' })
    await side.slot({ startsAt: at(wednesday, '10:00') })
    const page = await patient.get('/appointments/week?how=video&period=today&from=2026-01-01')
    expect(page.words).toContain('Morning: 1 free, first at 9:00am Afternoon: none free')
    expect(linksSaying(page.html, 'See times')).toEqual([`${list}?on=2026-03-04&how=video`])
    expect(linksSaying(page.html, 'Week before')).toEqual([])
    const [next = ''] = linksSaying(page.html, 'Week after')
    expect(next).toBe('/appointments/week?how=video&from=2026-03-09')
    const after = await patient.get(next)
    expect(linksSaying(after.html, 'Week before')).toEqual([
      '/appointments/week?how=video&from=2026-03-02',
    ])
  })

  test.each([
    ['2026-03-23', '2026-03-29', 'Sunday 29 March 2026'],
    ['2026-10-19', '2026-10-25', 'Sunday 25 October 2026'],
  ])('is right in the week from %s, at whose end the clocks change', async (from, day, words) => {
    await side.rules({ horizonDays: 366 })
    await side.slot({ startsAt: at(aDay(day), '09:00') })
    await side.slot({ startsAt: at(aDay(day), '23:50') })
    const page = await patient.get(`/appointments/week?from=${from}`)
    expect(page.words).toContain(
      `${words} Morning: 1 free, first at 9:00am Afternoon: 1 free, first at 11:50pm`,
    )
    const found = await patient.get(`${list}?on=${day}`)
    expect([...found.html.matchAll(/href="\/appointments\/slots\/[^"]*"/g)]).toHaveLength(2)
  })

  test('that is empty says what an empty search says, and when the next one is', async () => {
    const none = await patient.get('/appointments/week')
    expect(none.words).toContain('Every appointment that can be booked online is taken')
    expect(none.words).toContain('Join the waiting list')
    expect(none.words).toContain('In an emergency call 999')
    await side.slot({ startsAt: at(aDay('2026-03-10'), '09:00') })
    const later = await patient.get('/appointments/week')
    expect(later.words).toContain('None is free in these seven days.')
    expect(linksSaying(later.html, 'Tuesday 10 March 2026 at 9:00am')).toEqual([list])
    await side.slot({ startsAt: at(wednesday, '09:00') })
    expect((await patient.get('/appointments/week')).words).not.toContain('No appointments found')
  })

  test('shows only what this patient may book', async () => {
    const men = await side.type({ name: 'For men', sex: 'male' })
    await side.slot({ startsAt: at(wednesday, '09:00'), slotTypeId: men })
    await side.slot({ startsAt: at(wednesday, '10:00'), releasedAt: minutesAfter(now, 60) })
    expect((await patient.get('/appointments/week')).words).toContain('4 March 2026 None free')
  })
})
