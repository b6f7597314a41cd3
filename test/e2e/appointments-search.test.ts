import { expect, test } from 'vitest'
import { instantAt } from '#kernel/time'
import { aDay } from '../support/planning.ts'
import { anOwnPractice } from './own-practice.ts'
import { ways } from './ways.ts'

const friday = aDay('2026-03-06')

test.for(ways)(
  'a patient looks at a week, chooses a day, narrows it until nothing is left, and widens again ($way)',
  async ({ scripts }) => {
    const { patient, slotsAt } = await anOwnPractice(scripts)
    await slotsAt([instantAt(friday, '09:00'), instantAt(friday, '14:30')])
    await slotsAt([instantAt(aDay('2026-03-09'), '10:00')], { deliveryChannel: 'video' })

    await patient.goTo('/appointments')
    await patient.sees('Your appointments')
    await patient.follows('Book an appointment')
    await patient.sees('Choose an appointment')
    expect(await patient.words()).toContain(
      'The next available appointment is Friday 6 March 2026 at 9:00am.',
    )
    await patient.follows('See a week at a glance')
    await patient.sees('A week at a glance')
    const week = await patient.words()
    expect(week).toMatch(/Tuesday 3 March 2026 None free/)
    expect(week).toMatch(
      /Friday 6 March 2026 Morning: 1 free, first at 9:00am Afternoon: 1 free, first at 2:30pm/,
    )
    await patient.page.getByRole('link', { name: /^Week after/ }).click()
    await patient.sees('A week at a glance')
    expect(await patient.words()).toContain('Tuesday 10 March 2026 None free')
    await patient.page.getByRole('link', { name: /^Week before/ }).click()
    await patient.sees('A week at a glance')

    await patient.follows('See times on Friday 6 March 2026')
    await patient.sees('Choose an appointment')
    expect(await patient.words()).toContain('You are looking for Friday 6 March 2026')
    await patient.page.getByText('Choose day, way or person').click()
    await patient.page.getByLabel('How', { exact: true }).selectOption({ label: 'By video' })
    await patient.presses('Show appointments')
    await patient.sees('Choose an appointment')
    expect(await patient.words()).toContain('No appointments found')
    await patient.follows('Look at appointments at any time')
    await patient.sees('Choose an appointment')
    expect(await patient.words()).toContain('10:00am by video on Monday 9 March 2026')
    await patient.follows('Remove By video')
    await patient.sees('Choose an appointment')
    expect(await patient.words()).not.toContain('You are looking for')

    await patient.page.getByText('Choose day, way or person').click()
    await patient.fills('Day', '30')
    await patient.fills('Month', '2')
    await patient.fills('Year', '2026')
    await patient.presses('Show appointments')
    await patient.sees('Choose an appointment')
    expect(await patient.page.title()).toMatch(/^Error: /)
    expect(await patient.faults()).toEqual(['Enter a real day, like 27 3 2026'])
    expect(await patient.page.getByLabel('Day', { exact: true }).inputValue()).toBe('30')
  },
)
