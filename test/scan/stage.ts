import pg from 'pg'
import type { FastifyInstance } from 'fastify'
import type { OdsCode } from '#kernel/ods-code'
import type { Log } from '#platform/log'
import { testApp } from '../support/app.ts'
import type { TestDatabase } from '../support/fresh-database.ts'
import { aPractice, aStaffMember } from '../support/surgery.ts'
import { makePeople, type Person } from './people.ts'
import type { Decider } from './steps.ts'

/** What the histories of one lane share; no two of them run in it at the same time. */
export interface Stage {
  readonly database: TestDatabase
  readonly app: FastifyInstance
  /** Everything that the service wrote to its log, not thinned out by the log itself. */
  readonly log: Log & { readonly lines: string[] }
  /** Past every role and view. */
  readonly admin: pg.Client
  /** A connection for reading as a patient's role, past every page. */
  readonly reading: pg.Client
  readonly practice: OdsCode
  readonly deciders: readonly Decider[]
  /** Patients whom no history had yet. */
  readonly people: Person[]
  readonly begunAt: Date
  close(): Promise<void>
}

const roles = ['clinician', 'clinician', 'safeguarding-lead', 'ig-lead', 'records-clerk'] as const

/** Sets up a practice with those who decide and with patients, on a database that is the lane's own. */
export async function openStage(database: TestDatabase, histories: number): Promise<Stage> {
  const { db } = database
  const log = keptLog()
  const app = await testApp(db, log)
  const [admin, reading] = [new pg.Client(database.settings), new pg.Client(database.settings)]
  await Promise.all([admin.connect(), reading.connect()])
  const practice = await aPractice(db)
  const deciders: Decider[] = []
  for (const role of roles) {
    const given = { name: role, roles: [role] }
    const { acting } = await aStaffMember<'decide-disclosure'>(db, practice, given)
    deciders.push(acting)
  }
  const people = await makePeople(db, practice, histories)
  return {
    database,
    app,
    log,
    admin,
    reading,
    practice,
    deciders,
    people: [...people],
    begunAt: db.now(),
    close: async () => {
      await Promise.all([admin.end(), reading.end()])
      await app.close()
      await database.drop()
    },
  }
}

function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  const write = (facts: object, message: string) => {
    const faults = Object.values(facts).filter((one) => one instanceof Error)
    lines.push([message, JSON.stringify(facts), ...faults.map(wordsOfFault)].join(' '))
  }
  return { lines, error: write, warn: write, info: write }
}

function wordsOfFault(fault: Error): string {
  const cause = fault.cause instanceof Error ? wordsOfFault(fault.cause) : ''
  return `${fault.stack ?? fault.message} ${cause}`
}
