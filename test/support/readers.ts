import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { parseLocalDate } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openAccess, type RecordLevel, type Role } from '#modules/access'
import type { AccountId } from '#modules/accounts'
import { addPatients, type PatientId } from '#modules/directory'
import type { IncomingEntry } from '#modules/record'
import { readSubjectsJob } from '../../src/modules/record/commands/reading/read-subjects.ts'
import { aRecord, store } from './record-builders.ts'
import { anAccount, anNhsNumber, aStaffMember } from './surgery.ts'
import { signedIn, type Visitor } from './visitor.ts'

/** A patient with a record that all was released of, and how to change what is around them. */
export interface RecordPatient {
  readonly patientId: PatientId
  readonly accountId: AccountId
  /** Adds to the record, as an import of a part does, and releases all of it. */
  add(entries: readonly IncomingEntry[]): Promise<void>
  /** The account of somebody who acts for them, with the same levels. */
  proxyAccount(): Promise<AccountId>
}

/** The same at the pages of the record, having read what to know before the first look. */
export interface RecordReader extends RecordPatient {
  readonly visitor: Visitor
  proxy(): Promise<Visitor>
}

interface Levels {
  readonly current?: RecordLevel
  readonly historical?: RecordLevel
  readonly effectiveFrom?: Date
}

/** A patient with these entries, all released. */
export async function aRecordPatient(
  db: Database,
  practice: OdsCode,
  entries: readonly IncomingEntry[],
  levels: Levels = {},
): Promise<RecordPatient> {
  const patientId = newId<'Patient'>(db.now())
  const bornOn = parseLocalDate('1961-04-12')
  if (bornOn === undefined) throw new Error('Not a day')
  await db.transaction(systemProof(practice), (tx) =>
    addPatients(tx, [
      {
        patientId,
        nhsNumber: anNhsNumber(),
        givenName: 'Ann',
        familyName: 'Patel',
        bornOn,
        sex: 'female',
        addressLines: [],
        mobile: '07700 900123',
        registration: 'active',
      },
    ]),
  )
  const join = async (relation: 'self' | 'proxy') => {
    const accountId = await anAccount(db, 'patient', { practice, subjectId: patientId })
    await db.transaction(systemProof(practice), (tx) =>
      openAccess(tx, {
        accountId,
        patientId,
        relation,
        appointments: 'none',
        prescriptions: 'none',
        recordCurrent: levels.current ?? 'full',
        recordHistorical: levels.historical ?? levels.current ?? 'full',
        effectiveFrom: levels.effectiveFrom ?? new Date(0),
      }),
    )
    return accountId
  }
  const add = async (more: readonly IncomingEntry[]) => {
    await store(db, practice, patientId, aRecord(more, { isWhole: false }))
    await releaseAll(db, practice, patientId)
  }
  const accountId = await join('self')
  await add(entries)
  return { patientId, accountId, add, proxyAccount: () => join('proxy') }
}

/** As `aRecordPatient`, signed in. */
export async function aRecordReader(
  app: FastifyInstance,
  practice: OdsCode,
  entries: readonly IncomingEntry[],
  levels: Levels = {},
): Promise<RecordReader> {
  const patient = await aRecordPatient(app.db, practice, entries, levels)
  const come = async (account: AccountId, relation: 'self' | 'proxy') => {
    const subjectId = patient.patientId
    const visitor = await signedIn(app, account, { practice, subjectId, relation })
    await visitor.post('/record/first-look')
    return visitor
  }
  return {
    ...patient,
    visitor: await come(patient.accountId, 'self'),
    proxy: async () => come(await patient.proxyAccount(), 'proxy'),
  }
}

/** Releases everything of a record that is not marked, as people would who decided each. */
async function releaseAll(db: Database, practice: OdsCode, patientId: PatientId): Promise<void> {
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
         ruleset)
      select entry.practice, entry.entry_id, coalesce(max(decision.decision_no), 0) + 1,
        entry.patient_id, entry.content_hash, 'released', ${tx.now}::timestamptz, 'ruleset', 'test'
      from record.entry
      left join record.disclosure_decision decision
        on decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      where entry.practice = ${practice}
        and entry.patient_id = ${patientId}
      group by entry.practice, entry.entry_id
    `),
  )
}

/** Runs the jobs that read what records touch on; those of others are left. */
export async function readSubjectsNow({ db }: FastifyInstance): Promise<void> {
  const faults: unknown[] = []
  const log = { error: (fault: unknown) => faults.push(fault), warn: ignore, info: ignore }
  while (await runDueJobs(db, new Map([[readSubjectsJob.kind, readSubjectsJob]]), log)) continue
  if (faults.length > 0) throw new Error(`Jobs failed: ${JSON.stringify(faults)}`)
}

/** A member of staff with a role, signed in. */
export async function aSignedInColleague(
  app: FastifyInstance,
  practice: OdsCode,
  role: Role,
): Promise<Visitor> {
  const { db } = app
  const { staffId } = await aStaffMember(db, practice, { name: `Sam ${role}`, roles: [role] })
  const link = { practice, subjectId: staffId }
  return signedIn(app, await anAccount(db, 'practice', link), { ...link, relation: 'staff' })
}

function ignore(): void {}
