import { expect, test } from 'vitest'
import { instantAt, minutesAfter } from '#kernel/time'
import { aDay } from '../support/planning.ts'
import { openSite } from '../support/site.ts'
import { anOwnPractice } from './own-practice.ts'
import { ways } from './ways.ts'

const friday = aDay('2026-03-06')
const nine = 'Friday 6 March 2026 at 9:00am'

test.for(ways)(
  'a patient moves an appointment, loses a race for a time without losing what they have, and adds it to a calendar ($way)',
  async ({ scripts }) => {
    const { patient, slotsAt, bookByPhone } = await anOwnPractice(scripts)
    const [, second] = await slotsAt(
      ['09:00', '10:00', '11:00'].map((time) => instantAt(friday, time)),
    )
    await patient.goTo('/appointments/slots')
    await patient.page.getByRole('link', { name: /^9:00am/ }).click()
    await patient.sees('Check and book your appointment')
    await patient.fills(/Why do you need this appointment/, 'My knee')
    await patient.presses('Book appointment')
    await patient.sees('Appointment booked')
    await patient.follows('Move this appointment')
    await patient.sees('Choose a new time')
    expect(await patient.words()).toContain(`You are moving your appointment on ${nine}.`)

    await patient.page.getByRole('link', { name: /^10:00am/ }).click()
    await patient.sees('Check and move your appointment')
    if (second) await bookByPhone(second)
    await patient.presses('Move appointment')
    await patient.sees('You have that time already')
    expect(await patient.words()).toContain(`Your appointment on ${nine} is still booked.`)
    await patient.page.getByRole('link', { name: /11:00am/ }).click()
    await patient.sees('Check and move your appointment')
    await patient.presses('Move appointment')
    await patient.sees('Appointment moved')
    expect(await patient.words()).toContain('11:00am')
    expect(await patient.words()).toContain('My knee')

    const arriving = patient.page.waitForEvent('download')
    await patient.follows('Add to your calendar')
    expect((await arriving).suggestedFilename()).toBe('gp-surgery-appointment.ics')

    await patient.follows('See your appointments')
    await patient.sees('Your appointments')
    expect(await patient.words()).toContain(
      'Friday 6 March 2026 at 10:00am, in person. Booked by phone',
    )
    await patient.page.getByRole('link', { name: nine }).click()
    await patient.sees('Your appointment')
    expect(await patient.words()).toContain(
      'You moved this appointment to Friday 6 March 2026 at 11:00am',
    )
  },
)

test.for(ways)(
  'a patient cancels what was booked by phone, and is told to phone when it is too late ($way)',
  async ({ scripts }) => {
    const { db } = await openSite()
    const { patient, slotsAt, bookByPhone } = await anOwnPractice(scripts)
    const soon = minutesAfter(new Date(Math.ceil(db.now().getTime() / 60_000) * 60_000), 30)
    const slots = await slotsAt([soon, instantAt(friday, '09:00')])
    for (const slotId of slots) await bookByPhone(slotId)

    await patient.goTo('/appointments')
    await patient.sees('Your appointments')
    await patient.page.getByRole('link', { name: nine }).click()
    await patient.sees('Your appointment')
    expect(await patient.words()).toContain('By phone')
    await patient.presses('Cancel this appointment')
    await patient.sees('Do you want to cancel this appointment?')
    await patient.chooses('I cannot come')
    await patient.presses('Cancel appointment')
    await patient.sees('Appointment cancelled')
    await patient.page.goBack()
    await patient.goTo(new URL(patient.page.url()).pathname)
    await patient.sees('Appointment cancelled')

    await patient.follows('Your appointments')
    await patient.sees('Your appointments')
    expect(await patient.words()).toContain('Cancelled by you')
    await patient.page.getByRole('link', { name: /^Tuesday 3 March/ }).click()
    await patient.sees('Your appointment')
    expect(await patient.words()).toContain(
      'too late to move or cancel this appointment online. If you cannot come, phone your GP surgery now.',
    )
    const here = new URL(patient.page.url()).pathname
    await patient.goTo(`${here}/cancel`)
    await patient.sees('It is too late to cancel online')
    await patient.goTo(`${here}/move`)
    await patient.sees('It is too late to move this appointment online')
    expect(await patient.words()).toContain('Phone your GP surgery on 0113 496 0000')
  },
)
