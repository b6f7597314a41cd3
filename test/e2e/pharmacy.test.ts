import { expect, test } from 'vitest'
import { sql, systemProof } from '#platform/db'
import { beginSignIn } from '#modules/accounts'
import { anEpsPractice, anOrder, approve, coded } from '../support/eps-practice.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { anAccount } from '../support/surgery.ts'
import { desk, visit } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a patient finds a pharmacy near them and has their orders go there ($way)',
  async (way) => {
    const { youngAdult } = peopleOf(await openSite(), way.practice)
    const patient = await visit({ as: youngAdult, scripts: way.scripts })
    await patient.goTo('/prescriptions')
    await patient.follows('Your nominated pharmacy')
    await patient.sees('Your nominated pharmacy')
    await patient.presses('Find pharmacies')
    await patient.sees('Find a pharmacy')
    expect(await patient.faults()).toEqual(['Enter a postcode or the name of a pharmacy'])

    await patient.fills('Postcode or name of the pharmacy', `zz${way.practice + 1}`)
    await patient.presses('Find pharmacies')
    await patient.sees('Find a pharmacy')
    expect(await patient.words()).toContain('This is not by distance')
    expect(await patient.words()).not.toContain('Old Priory Pharmacy')
    await patient.page
      .getByRole('link', { name: /^Choose Well & Good Chemist/ })
      .first()
      .click()
    await patient.sees('Check your nominated pharmacy')
    await patient.presses('Use this pharmacy')
    await patient.sees('Pharmacy changed')
    await patient.goTo('/prescriptions/pharmacy')
    await patient.sees('Your nominated pharmacy')
    expect(await patient.words()).toMatch(/Well & Good Chemist, .* Your orders go there/)

    await patient.goTo('/prescriptions/pharmacy/search?online=yes')
    await patient.sees('Pharmacies that work online only')
    await patient.page
      .getByRole('link', { name: /^Choose Doorstep Medicines Online/ })
      .first()
      .click()
    await patient.sees('Check your nominated pharmacy')
    await patient.follows('Change nothing')
    await patient.sees('Your nominated pharmacy')
    await patient.follows('Have no nominated pharmacy')
    await patient.sees('Do you want to have no nominated pharmacy?')
    await patient.presses('Have no nominated pharmacy')
    await patient.sees('You have no nominated pharmacy')
  },
)

test.for(ways)('staff see what cannot be sent, and put it on paper ($way)', async (way) => {
  const { db, address } = await openSite()
  const { practice, patient, prescriber, pharmacy } = await anEpsPractice(db)
  const at = { practice, patientId: patient.patientId }
  const order = await anOrder(
    db,
    at,
    [{ ...coded, detail: { lastIssuedOn: '2026-01-05' } }],
    pharmacy.odsCode,
  )
  for (const itemId of order.itemIds) await approve(db, prescriber, itemId)
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
        update jobs.job set run_at = ${tx.now} where practice = ${practice}`),
  )
  const link = { practice, subjectId: prescriber.staffId, relation: 'staff' as const }
  const accountId = await anAccount(db, 'practice', link)
  const token = await beginSignIn(db, accountId, 'practice', link)
  const staff = await visit({ screen: desk, scripts: way.scripts })
  await staff.context.addCookies([
    { name: 'practice-sign-in', value: `${accountId}.${token}`, url: address },
  ])

  await expect
    .poll(
      async () => {
        await staff.goTo('/practice/prescriptions/outbox?view=waiting')
        return staff.words()
      },
      { timeout: 10_000 },
    )
    .toContain('Waiting to be sent')
  await staff.sees('Prescriptions sent electronically')
  expect(await staff.words()).toContain('No prescribing system is connected')
  await staff.presses(/^Put on paper/)
  await staff.sees('Put this prescription on paper?')
  await staff.presses('Put on paper')
  await staff.sees('Prescriptions sent electronically')
  expect(await staff.words()).toContain('will not be sent')
  await staff.follows('To hand out')
  await staff.sees('Prescriptions to hand out')
  expect(await staff.words()).toContain('The practice put it on paper')
})
