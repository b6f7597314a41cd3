import { beforeAll, expect, test } from 'vitest'
import { systemProof } from '#platform/db'
import { fillEngland } from '#modules/demo'
import {
  closeMonth,
  isAnythingCounted,
  monthsFrom,
  parseMonth,
  rollUpStale,
  type Month,
} from '#modules/uptake'
import { aSignedInStaffMember } from '../support/app.ts'
import { openSite } from '../support/site.ts'
import { aTelling, type Happening } from '../support/uptake-history.ts'
import { desk, phone, visit } from './visitor.ts'

const noon = (day: string) => new Date(`${day}T12:00:00Z`)

function month(text: string): Month {
  const parsed = parseMonth(text)
  if (parsed === undefined) throw new Error(`${text} is not a month`)
  return parsed
}

const february = month('2026-02')
let managerCookie = ''

/** A practice of 30 people, of whom ten can use online services and one did in February. */
function happened(): readonly Happening[] {
  const people = Array.from({ length: 30 }, (_, who) => who)
  return [
    { kind: 'practice-switches', at: noon('2026-01-05'), appts: true, presc: true, record: 'full' },
    ...people.map((who): Happening => ({ kind: 'registers', who, at: noon('2026-01-06') })),
    ...people.slice(0, 10).map((who): Happening => ({
      kind: 'switches',
      who,
      at: noon('2026-01-07'),
      appts: true,
      presc: true,
      record: 'full',
    })),
    { kind: 'orders', who: 0, at: noon('2026-02-10') },
  ]
}

beforeAll(async () => {
  const { db } = await openSite()
  if (!(await isAnythingCounted(db.figures))) {
    await fillEngland(db, {
      seed: 1,
      practices: 28,
      months: monthsFrom(month('2025-02'), february),
    })
  }
  const telling = await aTelling({ db }, 'UE00001')
  const { practice } = telling
  for (const happening of happened()) await telling.tell(happening)
  await db.transaction(systemProof(practice), (tx) => closeMonth(tx, february))
  await rollUpStale(db)
  managerCookie = (await aSignedInStaffMember(db, practice, ['practice-manager'])).cookie
}, 60_000)

test.for([
  ['with scripts on a desk', true, desk],
  ['without scripts on a small phone', false, phone],
] as const)(
  'anybody goes from England down to a practice and back, %s',
  { timeout: 90_000 },
  async ([, scripts, screen]) => {
    const reader = await visit({ scripts, screen })
    await reader.goTo('/uptake')
    await reader.sees('Online services in England')
    expect(await reader.words()).toMatch(
      /^Online services in England England, February 2026 \d+% of/,
    )
    await reader.follows('Midlands')
    await reader.sees('Online services: Midlands')
    await reader.follows('Example Board 60A')
    await reader.sees('Online services: Example Board 60A')
    await reader.follows('Example Board 60A - North')
    await reader.sees('Online services: Example Board 60A - North')
    await reader.follows(/\(X\d{5}\)$/)
    await reader.sees(/^Online services: /)
    expect(await reader.words()).toContain('GP practice, EXAMPLE SUPPLIER')

    await reader.page.getByText('Figures: Prescription requests').click()
    await reader.page.getByRole('table', { name: 'Prescription requests' }).waitFor()
    await reader.page.getByLabel('Another month').selectOption('March 2025')
    await reader.presses('Show')
    await reader.sees(/^Online services: /)
    expect(await reader.words()).toContain('March 2025')
  },
)

test('somebody finds their practice by its code', { timeout: 60_000 }, async () => {
  const reader = await visit({ scripts: false })
  await reader.goTo('/uptake')
  await reader.follows('Find a practice')
  await reader.sees('Find a practice')
  await reader.fills('Name or code of the practice', 'ue00001')
  await reader.presses('Find')
  await reader.follows('Told')
  await reader.sees('Online services: Told')
  expect(await reader.words()).toContain('33% of the people registered (10 of 30)')
  await reader.goTo('/uptake/about')
  await reader.sees('What the figures mean')
})

test('a manager sees how their list is served, and how soon', { timeout: 60_000 }, async () => {
  const { address } = await openSite()
  const manager = await visit({ screen: desk })
  const [name = '', value = ''] = managerCookie.split('=')
  await manager.context.addCookies([{ name, value, url: address }])
  await manager.goTo('/practice/uptake')
  await manager.sees('Uptake and equity')
  const words = await manager.words()
  expect(words).toContain('30 people registered')
  expect(words).toContain('Can use online services 10 (33%)')
  expect(words).toContain('Used them in the month 1 (3%)')
  expect(words).toContain('No group of 20 people or more is behind your whole list')
  await manager.follows('Timely access')
  await manager.sees('Timely access')
  expect(await manager.words()).toContain('Nobody looked for an appointment online in this month.')
})
