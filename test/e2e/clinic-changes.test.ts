import { expect, test } from 'vitest'
import { newId, parseId, type Id } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { systemProof } from '#platform/db'
import { addPastAppointments, type SessionId } from '#modules/appointments'
import type { DemoPerson } from '#modules/demo'
import { openSite, peopleOf, type Site } from '../support/site.ts'
import { desk, phone, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const startsAt = new Date('2026-03-17T18:00:00Z')
const bookedAt = new Date('2026-03-03T09:00:00Z')

function idOf<Name extends string>({ subjectId }: DemoPerson): Id<Name> {
  const id = parseId<Name>(subjectId)
  if (id === undefined) throw new Error('no such person')
  return id
}

/** An evening session of two slots, the first of them booked. */
async function anEvening(site: Site, nurse: DemoPerson, patient: DemoPerson): Promise<SessionId> {
  const sessionId = newId<'Session'>(bookedAt)
  const slot = (minutes: number) => ({
    startsAt: minutesAfter(startsAt, minutes),
    minutes: 15,
    slotType: 'Evening',
    nationalCategory: 'General Consultation Routine',
    deliveryChannel: 'in-person' as const,
    bookableOnline: true,
    releasedAt: bookedAt,
  })
  const appointment = { patientId: idOf<'Patient'>(patient), bookedAt, reason: '' }
  await site.db.transaction(systemProof(nurse.practice), (tx) =>
    addPastAppointments(tx, [
      {
        sessionId,
        staffId: idOf<'Staff'>(nurse),
        name: 'Evening surgery',
        startsAt,
        endsAt: minutesAfter(startsAt, 30),
        slots: [{ ...slot(0), appointment }, slot(15)],
      },
    ]),
  )
  return sessionId
}

test.for(ways)(
  'a manager cancels a session and takes it back, then moves it, and the patient is told ($way)',
  async (way) => {
    const site = await openSite()
    const { manager, nurse, emptyRecord } = peopleOf(site, way.practice)
    const sessionId = await anEvening(site, nurse, emptyRecord)
    const here = `/practice/appointments/sessions/${sessionId}`
    const screen = way.scripts ? desk : phone
    const office = await visit({ as: manager, screen, scripts: way.scripts })

    await office.goTo(here)
    await office.sees('Session on Tuesday 17 March 2026, 6:00pm to 6:30pm')
    await office.presses('Cancel session')
    await office.sees('Check before you cancel')
    expect(await office.words()).toContain('1 patient is booked.')
    await office.fills('What patients will read', '')
    await office.presses('Cancel now')
    await office.sees('Check before you cancel')
    expect(await office.faults()).toEqual(['Enter what patients will read'])
    await office.fills('What patients will read', 'The heating is broken.')
    await office.presses('Cancel now')
    await office.sees('Cancelled: Evening surgery, Tuesday 17 March 2026 at 6:00pm')
    expect(await office.words()).toContain('Can be undone until')
    await office.presses('Undo')
    await office.sees('Cancelled: Evening surgery, Tuesday 17 March 2026 at 6:00pm')
    expect(await office.words()).toContain('Nobody was told of it')

    await seesForms(office, here)
    await office.presses('Move to another time')
    await office.sees('Move a session to another time')
    await office.fills('New start', '23:45')
    await office.presses('Continue')
    await office.sees('Move a session to another time')
    expect((await office.faults())[0]).toContain('The session would run past midnight')
    await office.fills('New start', '18:30')
    await office.presses('Continue')
    await office.sees('Check before you move it')
    await office.presses('Move the session')
    await office.sees('Moved: Evening surgery, Tuesday 17 March 2026 at 6:00pm')
    await office.presses('Tell patients now')
    await expect
      .poll(
        async () => {
          await office.page.reload()
          return office.words()
        },
        { timeout: 20_000, interval: 300 },
      )
      .toContain('State Patients told')
    await office.follows('Changes')
    await office.sees('Changes to clinics')
    await office.presses('Cancel a clinician’s day')
    await office.sees('Cancel a clinician’s day')

    const patient = await visit({ as: emptyRecord, scripts: way.scripts })
    await patient.goTo('/notices')
    expect(await patient.words()).toContain('Your GP surgery changed an appointment')
    await patient.goTo('/appointments')
    expect(await patient.words()).toContain('Tuesday 17 March 2026 at 6:30pm')
  },
)

/** The forms of the other changes, each looked at and left. */
async function seesForms(office: Visitor, here: string): Promise<void> {
  const forms = [
    ['Change clinician, room or name', 'Change a session'],
    ['Extend', 'Extend a session'],
    ['Split in two', 'Split a session in two'],
  ] as const
  for (const [button, heading] of forms) {
    await office.goTo(here)
    await office.presses(button)
    await office.sees(heading)
    await office.presses('Continue')
    await office.checks()
  }
  await office.goTo(here)
}
