import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import { sql, systemProof } from '#platform/db'
import { openAccess } from '#modules/access'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import { importFiles, isAllIn } from '#modules/imports'
import { listOf } from '../src/modules/prescriptions/domain/lists.ts'
import { requestableMedicines } from '../src/modules/prescriptions/queries/requests.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { actingFor, aPractice } from './support/surgery.ts'

const folder = fileURLToPath(new URL('../../shared/data/gp2gp-uat-stu3/', import.meta.url))
const page = readFileSync(new URL('../docs/medicines-mapping.md', import.meta.url), 'utf8')
const isAbsent = !existsSync(folder)
const why = isAbsent ? ' (skipped: the shared data is not beside this folder)' : ''

/** The rows of the docs' table whose header begins like this, as cells. */
function tableOf(header: string): readonly (readonly string[])[] {
  const lines = page.split('\n')
  const from = lines.findIndex((line) => line.startsWith(`| ${header} |`))
  const rows = lines.slice(from + 2)
  const until = rows.findIndex((line) => !line.startsWith('|'))
  return rows
    .slice(0, until === -1 ? undefined : until)
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

interface Resource {
  readonly resourceType: string
  readonly id: string
  readonly intent?: string
  readonly status?: string
  readonly basedOn?: readonly { readonly reference: string }[]
  readonly extension?: readonly Extension[]
  readonly dispenseRequest?: {
    readonly expectedSupplyDuration?: { readonly value?: number }
    readonly validityPeriod?: { readonly start?: string }
  }
}
interface Extension {
  readonly url: string
  readonly extension?: readonly Extension[]
  readonly valueCodeableConcept?: { readonly coding?: readonly { readonly code: string }[] }
  readonly valueUnsignedInt?: number
  readonly valuePositiveInt?: number
  readonly valueDateTime?: string
}

const extension = (of: Resource | Extension | undefined, name: string) =>
  of?.extension?.find(({ url }) => url.endsWith(name))

const startOf = (order: Resource) => order.dispenseRequest?.validityPeriod?.start?.slice(0, 10)

/** A plan as the file has it, read here by itself. */
function plansOf(file: string) {
  const bundle = JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as {
    entry: { resource: Resource }[]
  }
  const all = bundle.entry.map(({ resource }) => resource)
  const statements = all.filter(({ resourceType }) => resourceType === 'MedicationStatement')
  return all
    .filter(({ resourceType, intent }) => resourceType === 'MedicationRequest' && intent === 'plan')
    .map((plan) => {
      const statement = statements.find((one) =>
        one.basedOn?.some(({ reference }) => reference.endsWith(plan.id)),
      )
      const orders = all.filter(
        ({ intent, basedOn }) =>
          intent === 'order' && basedOn?.some(({ reference }) => reference.endsWith(plan.id)),
      )
      const repeat = extension(plan, 'MedicationRepeatInformation-1')
      const issued = extension(statement, 'MedicationStatementLastIssueDate-1')?.valueDateTime
      const made = extension(repeat, 'numberOfRepeatPrescriptionsIssued')
      const allowed = extension(repeat, 'numberOfRepeatPrescriptionsAllowed')
      return {
        id: plan.id,
        type: extension(plan, 'PrescriptionType-1')?.valueCodeableConcept?.coding?.[0]?.code ?? '',
        statuses: new Set([plan.status, statement?.status]),
        durationDays: plan.dispenseRequest?.expectedSupplyDuration?.value,
        issuesAllowed: allowed?.valueUnsignedInt ?? allowed?.valuePositiveInt,
        issuesMade: made?.valueUnsignedInt ?? made?.valuePositiveInt,
        lastIssuedOn: [issued?.slice(0, 10), ...orders.map(startOf)]
          .filter((day) => day !== undefined)
          .toSorted()
          .at(-1),
      }
    })
}

/** The list that the docs put a plan in, by their table of shapes. */
function listInDocs({ type, statuses }: ReturnType<typeof plansOf>[number]): string | undefined {
  const status = statuses.has('stopped')
    ? '`stopped`'
    : statuses.has('completed')
      ? '`completed`'
      : 'both `active`'
  return tableOf('Shape | Plan: prescription type').find(
    ([, ofType, ofStatus]) => ofType === `\`${type}\`` && ofStatus === status,
  )?.[3]
}

describe.skipIf(isAbsent)(`the medicines of a GP export${why}`, () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await makeDatabase(new Date('2026-11-22T09:00:00Z'))
  })
  afterAll(() => database.drop())

  /** Imports a file into a practice of its own and releases it, as the patient would see it then. */
  async function shownOf(file: string) {
    const { db } = database
    const practice = await aPractice(db)
    const nhsNumber = (
      file.startsWith('9690937287') ? '9690937286' : file.slice(0, 10)
    ) as NhsNumber
    const bytes = readFileSync(`${folder}${file}`)
    const [report] = await importFiles(db, [{ name: file, bytes }], { practice, nhsNumber })
    expect(report && isAllIn(report)).toBe(true)
    const accountId = newId<'Account'>(db.now()) as AccountId
    const patientId = await db.transaction(systemProof(practice), async (tx) => {
      const row = await tx.maybe<{ readonly patientId: PatientId }>(sql`
        select patient_id from directory.patient where practice = ${practice}`)
      if (!row) throw new Error('The import added no patient')
      await tx.run(sql`
        insert into record.disclosure_decision (practice, entry_id, decision_no, patient_id,
          content_hash, outcome, decided_at, decided_by, ruleset)
        select practice, entry_id, 1000, patient_id, content_hash, 'released', ${tx.now}, 'ruleset',
          'test'
        from record.entry where practice = ${practice} and kind in ('medication', 'issue')`)
      await openAccess(tx, {
        accountId,
        patientId: row.patientId,
        relation: 'self',
        appointments: 'none',
        prescriptions: 'manage',
        recordCurrent: 'full',
        recordHistorical: 'full',
        effectiveFrom: new Date(0),
      })
      return row.patientId
    })
    const acting = actingFor<'prescriptions'>(practice, patientId, accountId)
    const shown = await db.transaction(acting, requestableMedicines)
    const keys = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly entryId: string; readonly sourceKey: string }>(sql`
        select entry_id, source_key from record.entry where practice = ${practice} limit 10000`),
    )
    const keyOf = new Map(keys.map(({ entryId, sourceKey }) => [entryId, sourceKey]))
    return shown.map(({ medicine }) => ({
      ...medicine,
      key: keyOf.get(medicine.medicationId) ?? '',
    }))
  }

  const rows = tableOf('Export | Current')

  test('is counted in the docs for all eight', () => {
    expect(rows).toHaveLength(8)
  })

  test.each(rows)('of %s are where the docs say, and none is lost', async (...cells) => {
    const [file = '', ...counts] = cells
    const shown = await shownOf(file)
    const lists = shown.map(listOf)
    const count = (list: string) => lists.filter((one) => one === list).length
    expect(['current', 'repeat-dispensing', 'acute', 'past'].map(count)).toEqual(counts.map(Number))

    const plans = plansOf(file)
    expect(shown).toHaveLength(plans.length)
    for (const plan of plans) {
      const medicine = shown.find(({ key }) => key.endsWith(`/${plan.id}`))
      if (!medicine) throw new Error(`${plan.id} is not among the medicines`)
      expect(listOf(medicine)).toBe(listInDocs(plan))
      expect(medicine.name).toMatch(/\S/)
      expect(medicine.dose).toMatch(/\S/)
      expect(medicine.type).toBe(plan.type)
      expect(medicine.durationDays).toBe(plan.durationDays)
      expect(medicine.lastIssuedOn).toBe(plan.lastIssuedOn)
      if (plan.type === 'acute') continue
      expect([medicine.issuesAllowed, medicine.issuesMade]).toEqual([
        plan.issuesAllowed,
        plan.issuesMade,
      ])
    }
  })
})
