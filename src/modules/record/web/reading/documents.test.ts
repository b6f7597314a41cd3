import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { aPdf } from '../../../../../test/support/a-pdf.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aRecordReader, readSubjectsNow } from '../../../../../test/support/readers.ts'
import { aNote } from '../../../../../test/support/record-builders.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { openPages } from '../../../../../test/support/visitor.ts'
import type { IncomingEntry } from '../../domain/entry.ts'
import { registerPatientRecord } from './patient-routes.tsx'

const bytes = (text: string) => new TextEncoder().encode(text)
const kinds: readonly (readonly [string, (words: string) => Uint8Array])[] = [
  ['text/plain', bytes],
  ['text/html', (words) => bytes(`<p>Dear <b>Ann</b></p><p>${words}</p>`)],
  ['application/rtf', (words) => bytes(`{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 ${words}\\par}`)],
  ['application/pdf', (words) => aPdf('Dear Ann', words)],
]

let base: TestDatabase
let app: FastifyInstance
let practice: OdsCode

beforeAll(async () => {
  base = await makeDatabase()
  app = await openPages(base.db, registerPatientRecord)
  practice = await aPractice(base.db)
})
afterAll(async () => {
  await app.close()
  await base.drop()
})

function aLetter(sourceKey: string, contentType: string, file: Uint8Array): IncomingEntry {
  const title = `Letter ${sourceKey}`
  return aNote({
    sourceKey,
    kind: 'document',
    title,
    text: '',
    content: { contentType, bytes: file },
  })
}

/** Source: DOMAIN TR-3, DISCLOSURE 4.4. */
describe.each(kinds)('a letter in %s', (contentType, fileOf) => {
  test('is read in the page, in its own words', async () => {
    const { visitor } = await aRecordReader(app, practice, [
      aLetter('one', contentType, fileOf('Your knee is much better')),
    ])
    const list = await visitor.get('/record/documents')
    const href = /\/record\/documents\/[0-9a-f-]{36}/.exec(list.html)?.[0] ?? ''
    expect((await visitor.get(href)).words).toContain('Your knee is much better')
  })

  test('that touches on what the patient keeps private is not there for who acts for them', async () => {
    const reader = await aRecordReader(app, practice, [
      aLetter('knee', contentType, fileOf('Your knee is much better')),
      aLetter('mood', contentType, fileOf('Your depression is much better')),
    ])
    const proxy = await reader.proxy()
    await reader.visitor.post('/record/choices', { private: ['mental-health'] })
    await readSubjectsNow(app)
    const [own, theirs] = [
      (await reader.visitor.get('/record/documents')).words,
      (await proxy.get('/record/documents')).words,
    ]
    expect(own).toContain('Letter mood')
    expect(own).toContain('Letter knee')
    expect(theirs).toContain('Letter knee')
    expect(theirs).not.toContain('Letter mood')
  })
})

test('a letter whose words nobody can read touches on everything', async () => {
  const reader = await aRecordReader(app, practice, [
    aLetter('scan', 'application/pdf', aPdf('Dear Ann', '')),
  ])
  const proxy = await reader.proxy()
  await reader.visitor.post('/record/choices', { private: ['mental-health'] })
  await readSubjectsNow(app)
  expect((await proxy.get('/record/documents')).words).not.toContain('Letter scan')
})
