import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { disclose, type RecordGrant, type ReleasedEntry } from '../disclosure.ts'
import type { EntryKind } from '../entry.ts'
import { sections } from '../sections.ts'
import { explainToApp, grantOfApp } from './app-view.ts'

const grant: RecordGrant = {
  current: 'full',
  historical: 'full',
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  withheld: ['documents'],
}

function anEntry(kind: EntryKind): ReleasedEntry {
  return {
    entryId: newId<'Entry'>(new Date(0)),
    source: 'test',
    sourceKey: kind,
    kind,
    title: 'Something',
    recordedAt: new Date('2026-02-01T00:00:00Z'),
    position: 0,
    detail: {},
  }
}

/** INTEROP D1: an app has the patient's rights and is allowed parts of them. */
describe('explainToApp', () => {
  test('gives no part that the app was not allowed, and says so', () => {
    const [seen] = disclose([anEntry('problem')], [grant])
    expect(explainToApp({ isSeen: true, how: 'whole' }, seen, grant, ['results'])).toEqual({
      isSeen: false,
      why: 'app',
    })
    expect(explainToApp({ isSeen: true, how: 'whole' }, seen, grant, ['problems'])).toEqual({
      isSeen: true,
      how: 'whole',
    })
  })

  test('gives nothing that the patient does not see, whatever the app is allowed', () => {
    const every = sections.map(({ section }) => section)
    const held = { isSeen: false, why: 'held' } as const
    expect(explainToApp(held, undefined, grant, every)).toBe(held)
    for (const { kinds } of sections) {
      for (const kind of kinds) {
        const entry = anEntry(kind)
        const own = disclose([entry], [grant])
        expect(disclose([entry], [grantOfApp(grant, every)])).toEqual(own)
        expect(disclose([anEntry(kind)], [grantOfApp(grant, [])])).toEqual([])
      }
    }
  })
})
