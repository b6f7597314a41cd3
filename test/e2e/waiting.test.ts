import { expect, test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a patient waits, is offered what another gives back, and accepts it ($way)',
  async (way) => {
    const site = await openSite()
    const people = peopleOf(site, way.practice)
    const [waiter, giver] = [
      await visit({ as: people.appointmentsOnly, scripts: way.scripts }),
      await visit({ as: people.detailedOnly, scripts: way.scripts }),
    ]
    await giver.goTo('/appointments/slots?how=in-person&period=next-week')
    await giver.page.locator('main section li').nth(2).getByRole('link').click()
    await giver.sees('Check and book your appointment')
    await giver.presses('Book appointment')
    await giver.sees('Appointment booked')
    const booked = new URL(giver.page.url()).pathname.replace(/\/booked$/, '')

    await waiter.goTo('/appointments/waitlist')
    await waiter.sees('Waiting list')
    await waiter.page.getByRole('button', { name: 'Join the waiting list' }).click()
    await waiter.sees('Join the waiting list')
    await waiter.chooses('By telephone')
    await waiter.chooses('Monday')
    await waiter.page.getByLabel('Monday').uncheck()
    await waiter.presses('Join the waiting list')
    await waiter.sees('Join the waiting list')
    expect(await waiter.page.title()).toMatch(/^Error: /)
    expect(await waiter.faults()).toHaveLength(1)
    await waiter.page.getByLabel('By telephone').uncheck()
    await waiter.chooses('Monday')
    await waiter.presses('Join the waiting list')
    await waiter.sees('Waiting list')
    expect(await waiter.words()).toContain('You are on the waiting list')

    await giver.goTo(`${booked}/cancel`)
    await giver.sees('Do you want to cancel this appointment?')
    await giver.presses('Cancel appointment')
    await giver.sees('Appointment cancelled')

    await offered(waiter)
    await waiter.follows('Accept or decline it')
    await waiter.sees('You are offered an appointment')
    expect(await waiter.words()).toContain('It is kept for you until')
    await waiter.presses('Accept this appointment')
    await waiter.sees('Appointment booked')
    await waiter.goTo('/appointments/waitlist')
    await waiter.sees('Waiting list')
    expect(await waiter.words()).toContain('You took an appointment that was offered to you')
  },
)

test('the desk adds a patient to the waiting list and ends their place', async () => {
  const site = await openSite()
  const { receptionist, emptyRecord } = peopleOf(site, 0)
  const staff = await visit({ as: receptionist, screen: desk })
  await staff.goTo('/practice/appointments/waitlist')
  await staff.sees('Waiting list')
  await staff.page.getByRole('button', { name: 'Add a patient' }).click()
  await staff.sees('Who is waiting?')
  await staff.fills('Name or NHS number', emptyRecord.name.split(' ').at(-1) ?? '')
  await staff.presses('Find')
  await staff.sees('Who is waiting?')
  await staff.page.locator(`a[href$="patient=${emptyRecord.subjectId}"]`).click()
  await staff.sees(/^Add .* to the waiting list$/)
  await staff.presses('Add to the waiting list')
  await staff.sees('Waiting list')
  expect(await staff.words()).toContain('The patient is on the waiting list')
  await staff.page
    .getByRole('link', { name: /^End the place of/ })
    .first()
    .click()
  await staff.sees(/^End the place of/)
  await staff.presses('End this place')
  await staff.sees('Waiting list')
})

/** Looks at the waiting list until something is offered: a moment, as a worker does it. */
async function offered(waiter: Visitor): Promise<void> {
  await expect
    .poll(
      async () => {
        await waiter.goTo('/appointments/waitlist')
        return waiter.words()
      },
      { timeout: 15_000, interval: 300 },
    )
    .toContain('You are offered an appointment')
  await waiter.sees('Waiting list')
}
