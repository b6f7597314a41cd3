import { expect, test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const checking = 'Check and book your appointment'

test.for(ways)(
  'a patient books a slot, finds it, cancels it, and it is free again ($way)',
  async (way) => {
    const site = await openSite()
    const patient = await visit({ as: peopleOf(site, way.practice).full, scripts: way.scripts })

    await patient.goTo('/home')
    await patient.sees('Home')
    await patient.page.getByRole('main').getByRole('link', { name: 'Appointments' }).click()
    await patient.sees('Your appointments')
    await patient.follows('Book an appointment')
    await patient.sees('Choose an appointment')
    await search(patient, { How: 'In person', When: 'Next week' })
    const slot = await takeSlot(patient, 0)
    await patient.sees(checking)
    await patient.fills(/Why do you need this appointment/, 'My knee hurts on the stairs')
    const form = patient.page.waitForRequest((request) => request.method() === 'POST')
    await patient.presses('Book appointment')
    await patient.sees('Appointment booked')
    expect(await patient.words()).toContain(slot.day)
    expect(await patient.words()).toContain('My knee hurts on the stairs')
    const booked = patient.page.url()

    await patient.page.goBack()
    await patient.sees('You have already booked this appointment')
    const again = await patient.context.request.post((await form).url(), {
      data: (await form).postData() ?? '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(again.url()).toBe(booked)

    await patient.follows('See your appointment')
    await patient.sees('Your appointment')
    await patient.follows('Your appointments')
    await patient.sees('Your appointments')
    await patient.page.getByRole('link', { name: slot.dayAndTime }).click()
    await patient.sees('Your appointment')
    await patient.presses('Cancel this appointment')
    await patient.sees('Do you want to cancel this appointment?')
    await patient.presses('Cancel appointment')
    await patient.sees('Appointment cancelled')

    const other = await visit({ as: peopleOf(site, way.practice).youngAdult, scripts: way.scripts })
    await expect
      .poll(
        async () => {
          await other.goTo(slot.path)
          return other.page.getByRole('heading', { level: 1 }).innerText()
        },
        { timeout: 10_000 },
      )
      .toBe(checking)
    await other.sees(checking)
  },
)

test.for(ways)(
  'a telephone slot asks for a number, tells all faults at once, and keeps what was typed ($way)',
  async (way) => {
    const site = await openSite()
    const patient = await visit({ as: peopleOf(site, way.practice).muchHeld, scripts: way.scripts })
    const reason = 'It has been like this for weeks now. '.repeat(5)

    await patient.goTo('/appointments/slots')
    await search(patient, { How: 'By telephone', When: 'Any time' })
    await takeSlot(patient, 0)
    await patient.sees(checking)
    await patient.fills(/Why do you need this appointment/, reason)
    await patient.presses('Book appointment')
    await patient.sees(checking)
    expect(await patient.page.title()).toMatch(/^Error: /)
    expect(await patient.faults()).toHaveLength(2)
    expect(await patient.page.getByLabel(/Why do you need/).inputValue()).toBe(reason)

    await patient.fills(/Why do you need this appointment/, 'Short of breath')
    await patient.chooses('Another number')
    await patient.fills('Phone number', '12345')
    await patient.presses('Book appointment')
    await patient.sees(checking)
    expect(await patient.faults()).toEqual([
      'Enter a phone number, like 01632 960 001 or 07700 900 982',
    ])
    expect(await patient.page.getByLabel('Another number').isChecked()).toBe(true)
    expect(await patient.page.getByLabel('Phone number').inputValue()).toBe('12345')
    expect(await patient.page.getByLabel(/Why do you need/).inputValue()).toBe('Short of breath')

    await patient.fills('Phone number', '07700 900 982')
    await patient.presses('Book appointment')
    await patient.sees('Appointment booked')
    expect(await patient.words()).toContain('We will phone you on 07700 900 982')
  },
)

test.for(ways)(
  'the second of two people after one slot is told it is taken, and what else there is ($way)',
  async (way) => {
    const site = await openSite()
    const people = peopleOf(site, way.practice)
    const [first, second] = [
      await visit({ as: people.hugeRecord, scripts: way.scripts }),
      await visit({ as: people.emptyRecord, scripts: way.scripts }),
    ]
    await first.goTo('/appointments/slots?how=in-person')
    const slot = await takeSlot(first, 3)
    await second.goTo(slot.path)
    await second.sees(checking)
    await first.presses('Book appointment')
    await first.sees('Appointment booked')

    await second.presses('Book appointment')
    await second.sees('Someone else has taken this appointment')
    expect(await second.words()).toContain('You have not booked anything')
    await second.page.getByRole('main').getByRole('listitem').first().getByRole('link').click()
    await second.sees(checking)
  },
)

async function search(patient: Visitor, wanted: Readonly<Record<string, string>>) {
  await patient.page.getByText('Choose day, way or person').click()
  for (const [label, option] of Object.entries(wanted)) {
    await patient.page.getByLabel(label, { exact: true }).selectOption({ label: option })
  }
  await patient.presses('Show appointments')
  await patient.sees('Choose an appointment')
}

/** Follows the slot with this number on the list. */
async function takeSlot(patient: Visitor, place: number) {
  const link = patient.page.locator('main section li').nth(place).getByRole('link')
  const path = (await link.getAttribute('href')) ?? ''
  const words = (await link.innerText()).replaceAll(/\s+/g, ' ')
  const [, time = '', day = ''] = /^(\S+) .* on (.+)$/.exec(words) ?? []
  await link.click()
  return { path, day, dayAndTime: `${day} at ${time}` }
}
