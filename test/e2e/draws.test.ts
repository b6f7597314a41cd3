import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { localDateOf, addDays, startOfDay } from '#kernel/time'
import type { StaffActing } from '#modules/access'
import { makeDraw } from '../../src/modules/appointments/commands/draw/make-draw.ts'
import { drawableSlots } from '../../src/modules/appointments/queries/draw/drawable-slots.ts'
import { openSite, peopleOf, type Site } from '../support/site.ts'
import { desk, visit } from './visitor.ts'
import { ways } from './ways.ts'

test('a manager plans a draw, sees it, and calls it off', async () => {
  const site = await openSite()
  const manager = await visit({ as: peopleOf(site, 0).manager, screen: desk })
  const tomorrow = addDays(localDateOf(site.db.now()), 1)
  await manager.goTo('/practice/appointments/draws')
  await manager.sees('Draws')
  await manager.page.getByRole('button', { name: 'New draw' }).click()
  await manager.sees('New draw')
  const later = addDays(tomorrow, 20)
  await manager.page.getByLabel('From', { exact: true }).fill(later)
  await manager.page.getByLabel('Until, this day included').fill(addDays(later, 6))
  await manager.presses('Show slots')
  await manager.sees('New draw')
  const first = manager.page.locator('input[name="slot"]').first()
  await first.check()
  await manager.presses('Make the draw')
  await manager.sees('New draw')
  expect(await first.isChecked()).toBe(true)
  expect(await manager.faults()).toEqual([
    'Enter a name that patients read, of 100 characters or less',
    'Enter the day the draw closes',
    'Enter the time the draw closes, like 08:00',
  ])
  await manager.fills('Name that patients read', 'Appointments in three weeks')
  await manager.fills('Closes on', tomorrow)
  await manager.fills('Closes at', '12:00')
  await manager.page.getByLabel('First', { exact: true }).selectOption({ label: 'Carers' })
  await manager.presses('Make the draw')
  await manager.sees('Appointments in three weeks')
  expect(await manager.words()).toContain('Carers, then everyone else')
  await manager.follows('Call off this draw')
  await manager.sees('Call off this draw?')
  await manager.presses('Call off the draw')
  await manager.sees('Appointments in three weeks')
  expect(await manager.words()).toContain('Called off')
})

test.for(ways)(
  'a patient asks in a draw and sees the result, which can be checked ($way)',
  async (way) => {
    const site = await openSite()
    const people = peopleOf(site, way.practice)
    const drawId = await aShortDraw(site, way.practice)
    const patient = await visit({ as: people.youngAdult, scripts: way.scripts })
    await patient.goTo('/appointments/draws')
    await patient.sees('Draws for appointments')
    await patient.follows('A short draw')
    await patient.sees('A short draw')
    await patient.page.getByRole('button', { name: 'Ask for an appointment' }).click()
    await patient.sees('Ask for an appointment')
    await patient.fills('Not before', '23:00')
    await patient.fills('Not after', '01:00')
    await patient.presses('Enter the draw')
    await patient.sees('Ask for an appointment')
    expect(await patient.faults()).toEqual(['The latest time must not be before the earliest'])
    await patient.fills('Not before', '')
    await patient.fills('Not after', '')
    await patient.presses('Enter the draw')
    await patient.sees('A short draw')
    expect(await patient.words()).toContain('You are in the draw')

    await expect
      .poll(
        async () => {
          await patient.goTo(`/appointments/draws/${drawId}`)
          return patient.words()
        },
        { timeout: 60_000, interval: 500 },
      )
      .toMatch(/You have an appointment on|You did not get an appointment/)
    await patient.sees('A short draw')
    expect(await patient.words()).toContain('You have an appointment on')

    const manager = await visit({ as: people.manager, screen: desk, scripts: way.scripts })
    await manager.goTo(`/practice/appointments/draws/${drawId}`)
    await manager.sees('A short draw')
    await manager.follows('Check this result')
    await manager.sees('Check of the draw')
    expect(await manager.words()).toContain('The result is the same when it is worked out again')
  },
)

/** A draw of two slots that is open now and closes in moments, as no form can make one. */
async function aShortDraw(site: Site, practice: 0 | 1): Promise<string> {
  const { manager } = peopleOf(site, practice)
  const { subjectId: staffId } = manager
  const facts = { role: 'po_staff', practice: manager.practice, staffId }
  const acting = { ...facts, actor: { kind: 'staff', id: staffId } } as unknown
  return site.db.transaction(acting as StaffActing<'publish-slots'>, async (tx) => {
    const from = startOfDay(addDays(localDateOf(tx.now), 8))
    const until = startOfDay(addDays(localDateOf(tx.now), 40))
    const slots = await drawableSlots(tx, { from, until })
    const inPerson = slots.filter((slot) => slot.deliveryChannel === 'in-person').slice(-2)
    const made = await makeDraw(tx, {
      drawId: newId<'Draw'>(tx.now),
      name: 'A short draw',
      opensAt: tx.now,
      closesAt: new Date(tx.now.getTime() + 12_000),
      priorities: ['carer'],
      slotIds: inPerson.map((slot) => slot.slotId),
    })
    if (!made.ok) throw new Error(made.refusal.join())
    return made.value
  })
}
