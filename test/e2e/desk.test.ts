import { expect, test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, phone, visit } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a receptionist finds a patient, books, moves and cancels for them ($way)',
  async (way) => {
    const { receptionist, youngAdult } = peopleOf(await openSite(), way.practice)
    const [given = '', family = ''] = youngAdult.name.split(' ')
    const office = await visit({ as: receptionist, screen: phone, scripts: way.scripts })
    await office.goTo('/practice')
    await office.follows('Find a patient’s next appointment')
    await office.sees('Find a patient’s next appointment')
    await office.fills('Name, NHS number or date of birth', `${family}, ${given}`)
    await office.presses('Find')
    await office.sees('Find a patient’s next appointment')
    await office.follows(`${family}, ${given}`)
    const theirs = `Appointments of ${youngAdult.name}`
    await office.sees(theirs)

    await office.follows('Book an appointment')
    await office.sees(`Book for ${youngAdult.name}`)
    await office.page.getByLabel('From day').fill('2026-03-09')
    await office.page.getByLabel('How').selectOption({ label: 'In person' })
    await office.presses('Show slots')
    await office.sees(`Book for ${youngAdult.name}`)
    await office.page
      .getByRole('link', { name: /^Choose/ })
      .first()
      .click()
    await office.sees(`Book this slot for ${youngAdult.name}`)
    await office.chooses('By letter')
    await office.fills('Reason (optional)', 'Review of tablets')
    await office.page.getByRole('button', { name: /^Book (appointment|anyway)$/ }).click()
    await office.sees(theirs)
    expect(await office.words()).toContain('Appointment booked. The patient is told.')

    const row = office.page.getByRole('row', { name: /Review of tablets/ })
    await row.getByRole('link', { name: /^Move/ }).click()
    await office.sees(`Move an appointment of ${youngAdult.name}`)
    await office.page.getByLabel('From day').fill('2026-03-10')
    await office.page.getByLabel('How').selectOption({ label: 'In person' })
    await office.presses('Show slots')
    await office.page
      .getByRole('link', { name: /^Choose Tuesday 10 March/ })
      .first()
      .click()
    await office.sees(`Move the appointment of ${youngAdult.name}`)
    await office.page.getByRole('button', { name: /^Move (appointment|anyway)$/ }).click()
    await office.sees(theirs)
    expect(await office.words()).toContain('Moved to Tuesday 10 March 2026')

    await row
      .first()
      .getByRole('link', { name: /^Cancel/ })
      .click()
    await office.sees(`Cancel an appointment of ${youngAdult.name}`)
    await office.presses('Cancel appointment')
    await office.sees(`Cancel an appointment of ${youngAdult.name}`)
    expect(await office.faults()).toEqual([
      'Choose who wants the appointment cancelled',
      'Enter the reason, of 150 characters or less',
    ])
    await office.chooses('The patient')
    await office.fills('Reason', 'Better again')
    await office.presses('Cancel appointment')
    await office.sees(theirs)
    expect(await office.words()).toContain('by the patient, recorded by')

    await office.goTo(`/practice/patients?search=${family}`)
    await office.page.getByRole('link', { name: `(${youngAdult.name})` }).click()
    await office.sees(youngAdult.name)
    await office.follows('Appointments, past and to come')
    await office.sees(theirs)
  },
)

test.for(ways)(
  'a receptionist overbooks a clinic and follows who has arrived ($way)',
  async (way) => {
    const { receptionist, emptyRecord } = peopleOf(await openSite(), way.practice)
    const [given = '', family = ''] = emptyRecord.name.split(' ')
    const office = await visit({ as: receptionist, screen: desk, scripts: way.scripts })
    const theDay = 'Appointments on Tuesday 3 March 2026'
    await office.goTo('/practice/appointments')
    await office.sees(theDay)
    await office.page
      .getByRole('link', { name: /^Overbook/ })
      .last()
      .click()
    await office.page.getByLabel('Starts at').fill('00:01')
    await office.fills('Why it is needed', 'Asked for by the doctor')
    await office.presses('Add the slot and choose a patient')
    expect(await office.faults()).toEqual([
      'The extra slot must start within the session, or at its end',
    ])
    const hint = await office.page.getByText(/^From \d\d:\d\d to/).innerText()
    const end = /to (\d\d:\d\d)/.exec(hint)?.[1] ?? ''
    await office.page.getByLabel('Starts at').fill(end)
    await office.presses('Add the slot and choose a patient')
    await office.sees('Who is the appointment for?')
    await office.fills('Name, NHS number or date of birth', emptyRecord.name)
    await office.presses('Find')
    await office.follows(`${family}, ${given}`)
    await office.sees(`Book this slot for ${emptyRecord.name}`)
    const number = office.page.getByLabel('Phone number to call')
    if (await number.isVisible()) await number.fill('01632 960 001')
    await office.page.getByRole('button', { name: /^Book (appointment|anyway)$/ }).click()
    await office.sees(`Appointments of ${emptyRecord.name}`)
    expect(await office.words()).toContain('overbooked')

    await office.goTo('/practice')
    const line = office.page
      .getByRole('listitem')
      .filter({ hasText: `${family}, ${given}` })
      .last()
    const arrived = line.getByRole('button', { name: /^Arrived/ })
    if (way.scripts) {
      await arrived.focus()
      await office.page.keyboard.press('a')
    } else {
      await arrived.click()
    }
    await line.getByText('waiting 0 minutes').waitFor()
    expect(office.page.url()).toMatch(/\/practice#at-/)
    await office.sees('Today, Tuesday 3 March 2026')
    await line.getByRole('button', { name: /^Undo/ }).click()
    await line.getByRole('button', { name: /^Arrived/ }).waitFor()
  },
)
