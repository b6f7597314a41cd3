import { expect, test } from 'vitest'
import { aHousehold } from './ordering-people.ts'
import { ways } from './ways.ts'

const due = { detail: { lastIssuedOn: '2026-02-01', issuesAllowed: 6, issuesMade: 2 } }
const statin = { title: 'Zocovastatin 20mg tablets', ...due }
const inhaler = { title: 'Zocobutamol 100micrograms/dose inhaler', ...due }
const early = { title: 'Zocopril 5mg capsules', detail: { lastIssuedOn: '2026-03-01' } }
const acute = { title: 'Zocicillin 500mg capsules', detail: { type: 'acute' } }
const eardrops = {
  title: 'Zocomicin ear drops',
  detail: { type: 'acute', status: 'completed', lastIssuedOn: '2025-10-01' },
}
const choosing = 'Which medicines do you want to order?'
const where = 'Where should the prescription go?'

test.for(ways)(
  'a patient orders to another pharmacy, answers a question, and follows each medicine to the counter ($way)',
  async ({ scripts }) => {
    const { visitor, put, nominated } = await aHousehold(scripts, {
      medicines: [statin, inhaler, early, acute],
    })
    await visitor.goTo('/prescriptions')
    await visitor.sees('Your medicines')
    const list = await visitor.words()
    expect(list).toContain('You cannot order yet Zocopril 5mg capsules It is too early')
    expect(list).toContain('Next order From 22 March 2026')
    expect(list).toContain('Issues left 4')
    expect(list).toContain('Short-term medicines')

    await visitor.presses('Order medicines')
    await visitor.sees(choosing)
    await visitor.chooses(statin.title)
    await visitor.chooses(inhaler.title)
    await visitor.presses('Continue')
    await visitor.sees('Check your order')
    expect(await visitor.words()).toContain(`${nominated.name}, 2 Elm Road, Leeds, LS1 4AP`)
    await visitor.presses('Change where it goes')
    await visitor.sees(where)
    await visitor.chooses('Another pharmacy, for this order only')
    await visitor.presses('Continue')
    await visitor.sees(where)
    expect(await visitor.faults()).toEqual(['Enter a postcode, or the name of a pharmacy'])
    await visitor.fills('Its name, or a postcode near it', nominated.other)
    await visitor.presses('Continue')
    await visitor.sees('Which pharmacy should it go to?')
    await visitor.chooses(nominated.other)
    await visitor.presses('Continue')
    await visitor.sees('Check your order')
    expect(await visitor.words()).toContain('For this order only')
    await visitor.presses('Send order')
    await visitor.sees('Order sent')
    expect(await visitor.words()).toContain(`Goes to ${nominated.other}.`)

    await put(0, { state: 'asked', question: 'Do your legs still ache?' })
    await put(1, { state: 'approved' })
    await visitor.page.reload()
    await visitor.sees('Your order of 3 March 2026')
    expect(await visitor.words()).toContain('1 waiting for you, 1 approved and on the way')
    await visitor.presses(`Answer about ${statin.title}`)
    await visitor.sees('Answer your GP surgery')
    await visitor.presses('Send answer')
    await visitor.sees('Answer your GP surgery')
    expect(await visitor.faults()).toEqual(['Enter your answer'])
    await visitor.fills('Your answer', 'Only after walking')
    await visitor.presses('Send answer')
    await visitor.sees('Your order of 3 March 2026')
    expect(await visitor.words()).toContain('You answered: Only after walking')

    await put(0, { state: 'rejected', rejectReason: 'needs-consultation' })
    for (const state of ['sent', 'with-pharmacy', 'ready']) await put(1, { state })
    await visitor.page.reload()
    await visitor.sees('Your order of 3 March 2026')
    const words = await visitor.words()
    expect(words).toContain(
      `This has been ready to collect at ${nominated.other} since 3 March 2026`,
    )
    expect(words).toContain('What to do next: Book an appointment, or phone your GP surgery.')
    await visitor.page.getByText(`Every step so far of ${inhaler.title}`).click()
    const steps = await visitor.words()
    expect(steps).toMatch(
      /Requested: waiting for your GP surgery, Tuesday 3 March .*Approved, .*Sent to the pharmacy, .*With the pharmacy, .*Ready to collect, /,
    )
    await visitor.checks()
  },
)

test.for(ways)(
  'someone who acts for a patient orders to their pharmacy, cannot change it, asks for another medicine, and takes it back ($way)',
  async ({ scripts }) => {
    const { visitor, nominated } = await aHousehold(scripts, {
      medicines: [statin, eardrops],
      rules: { acuteRequests: true },
      as: 'proxy',
    })
    await visitor.goTo('/prescriptions')
    await visitor.sees('Your medicines')
    await visitor.presses('Order medicines')
    await visitor.sees(choosing)
    await visitor.chooses(statin.title)
    await visitor.fills('Note for your GP surgery (optional)', 'She is nearly out')
    await visitor.presses('Continue')
    await visitor.sees('Check your order')
    await visitor.presses('Change where it goes')
    await visitor.sees(where)
    expect(await visitor.words()).toContain('Only the patient can change the nominated pharmacy')
    await visitor.chooses(nominated.name)
    await visitor.presses('Continue')
    await visitor.sees('Check your order')
    expect(await visitor.words()).toContain('She is nearly out')
    await visitor.presses('Send order')
    await visitor.sees('Order sent')
    expect(await visitor.words()).toContain('by someone acting for the patient')

    await visitor.goTo('/prescriptions')
    await visitor.sees('Your medicines')
    await visitor.page.getByText('Show 1 medicine').click()
    await visitor.follows(`Ask for this ${eardrops.title}`)
    await visitor.sees('Ask for this medicine')
    await visitor.presses('Continue')
    await visitor.sees('Ask for this medicine')
    expect(await visitor.faults()).toEqual(['Enter why you need it'])
    await visitor.fills('Why do you need it?', 'Her ear hurts again')
    await visitor.presses('Continue')
    await visitor.sees('Check your request')
    await visitor.presses('Change request')
    await visitor.sees('Ask for this medicine')
    await visitor.presses('Continue')
    await visitor.sees('Check your request')
    await visitor.presses('Send request')
    await visitor.sees('Order sent')
    await visitor.follows(`Cancel ${eardrops.title}`)
    await visitor.sees('Do you want to cancel this order?')
    await visitor.presses('Cancel this medicine')
    await visitor.sees('Your order of 3 March 2026')
    expect(await visitor.words()).toContain('It will not be prescribed')
  },
)
