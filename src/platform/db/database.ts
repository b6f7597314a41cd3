import pg from 'pg'
import type { OdsCode } from '#kernel/ods-code'
import { answersSoon } from './answers-soon.ts'
import { followed, requireWritable } from './follow.ts'
import { gatheredSocket } from './gathered-socket.ts'
import { checkedFirst, inTransaction } from './in-transaction.ts'
import { alone, oneByOne, shared } from './one-by-one.ts'
import { ignore, type Queries } from './queries.ts'
import { valueTypes } from './rows.ts'
import type { DatabaseSettings } from './settings.ts'
import type { Statement } from './sql.ts'

/** The database roles that work is done under. None owns a table or can pass row-level security. */
export type DatabaseRole = 'po_patient' | 'po_staff' | 'po_worker' | 'po_accounts' | 'po_joiner'

/** Who does something: the account of a patient or proxy, a member of staff, or the service itself. */
export interface Actor {
  readonly kind: 'patient' | 'proxy' | 'staff' | 'system'
  /** Account id or staff id; absent for the system. */
  readonly id?: string
}

/**
 * Says under which role, in which practice and for whom a transaction runs. Made by `access` for
 * people, and by `systemProof` for the service itself.
 */
export interface Proof {
  readonly role: DatabaseRole
  readonly practice: OdsCode
  /** Who does it, for the audit trail. */
  readonly actor: Actor
  /** The patient a `po_patient` transaction is confined to. */
  readonly patientId?: string
  readonly accountId?: string
  /** Checks, inside the transaction, that what the proof claims still holds; throws if not (I-5). */
  readonly recheck?: (queries: Queries) => Promise<void>
}

/** The service's own work in one practice: imports, jobs, demo data. */
export interface SystemProof extends Proof {
  readonly role: 'po_worker'
}

/** Proof for the service's own work. Never made from a request. */
export function systemProof(practice: OdsCode): SystemProof {
  return { role: 'po_worker', practice, actor: { kind: 'system' } }
}

/** Somebody who presents details that a practice gave them, and is nobody there yet. */
export interface JoiningProof extends Proof {
  readonly role: 'po_joiner'
}

/** Proof for presenting linkage details: may read and use these, and open what they are for. */
export function joiningProof(practice: OdsCode, accountId?: string): JoiningProof {
  const actor: Actor =
    accountId === undefined ? { kind: 'system' } : { kind: 'patient', id: accountId }
  return { role: 'po_joiner', practice, actor }
}

/** A transaction: who asks, which practice (both in `acting`), and when it began. */
export interface Tx<out P extends Proof = Proof> extends Queries {
  readonly acting: P
  readonly now: Date
  /**
   * Settles once the recheck of the proof has passed. Statements may be sent before: they share its
   * round trip, and a recheck that refuses undoes them and hands out nothing that they found.
   */
  readonly checked: Promise<void>
  /**
   * Sends a statement and the commit as one, once the recheck has passed: the first row, or
   * `undefined`. Nothing may be sent after it. A statement that must not be committed fails.
   */
  last<Row extends object>(statement: Statement): Promise<Row | undefined>
}

/** The pool of connections to one database, and the clock that dates what is written. */
export interface Database {
  /** Runs `work` in one transaction; anything thrown rolls it back. */
  transaction<P extends Proof, T>(acting: P, work: (tx: Tx<P>) => Promise<T>): Promise<T>
  /** Statements for accounts, which belong to no practice; each commits by itself. */
  readonly accounts: Queries
  /** As `accounts`, in one transaction. */
  accountsTransaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** Statements of the role that can read counts and nothing else, for pages that anybody may see. */
  readonly figures: Queries
  /** Practices with a job due, read across practices by the worker's role. */
  readonly now: () => Date
  /** Whether the database answers within two seconds. Never throws. */
  isThere(): Promise<boolean>
  /** Connections open, and callers that wait for one. */
  connections(): { readonly open: number; readonly idle: number; readonly waiting: number }
  close(): Promise<void>
}

const startOptions = [
  'role=patient_online',
  'timezone=UTC',
  // Every statement is prepared and none depends on its values for its plan: planned once, kept.
  'plan_cache_mode=force_generic_plan',
  // A plan that was made while a table was small is kept while it grows: it must not walk the table.
  'enable_seqscan=off',
  // What a server held that vanished without a word is given back within a minute, not after hours.
  'tcp_keepalives_idle=30',
  'tcp_keepalives_interval=10',
  'tcp_keepalives_count=3',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Opens a pool. Connections start as role `patient_online`, which may only take the roles above. */
export function openDatabase(settings: DatabaseSettings, now: () => Date): Database {
  const { maxConnections = 10, observe = ignore, elsewhere = [], ...connection } = settings
  const pool = new pg.Pool({
    ...connection,
    max: maxConnections,
    options: startOptions,
    application_name: 'patient-online',
    connectionTimeoutMillis: 10_000,
    types: valueTypes,
    stream: gatheredSocket,
    // Statements sent before the last was answered share a round trip; the server keeps their order.
    pipeline: true,
    // A connection whose other end is gone without a word is found out, at both ends.
    keepAlive: true,
    ...(elsewhere.length > 0 && { verify: requireWritable }),
  })
  const source = followed(pool, [settings.connectionString ?? '', ...elsewhere])
  const each = alone(source)
  // An idle connection that breaks is replaced at the next use; the query that needs it fails by itself.
  pool.on('error', () => undefined)
  // One in use that breaks says so to its query, and once more to nobody, which would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))

  return {
    now,
    isThere: () => {
      const { connectionString } = pool.options
      return answersSoon({
        ...settings,
        ...(connectionString !== undefined && { connectionString }),
      })
    },
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
    accounts: oneByOne({ reading: shared(source), writing: each }, observe, accountsBegin),
    figures: oneByOne({ reading: each, writing: each }, observe, figuresBegin),
    accountsTransaction: (work) => inTransaction(source, observe, accountsBegin, work),
    transaction: (acting, work) =>
      inTransaction(source, observe, opening(acting), (queries, commitWith) => {
        const checked = acting.recheck?.(queries) ?? Promise.resolve()
        const last = async <Row extends object>(statement: Statement) => {
          await checked
          return commitWith<Row>(statement)
        }
        const tx = { ...queries, acting, now: now(), checked, last }
        return checkedFirst(checked, async () => work(tx))
      }),
  }
}

const accountsBegin = 'begin; set local role po_accounts'
const figuresBegin = 'begin; set local role po_analyst'

function opening(proof: Proof): string {
  const settings = [
    `set local role ${proof.role}`,
    `set local app.practice = '${quotable(proof.practice)}'`,
    proof.patientId && `set local app.patient = '${quotable(proof.patientId)}'`,
    proof.accountId && `set local app.account = '${quotable(proof.accountId)}'`,
  ]
  return ['begin', ...settings.filter(Boolean)].join('; ')
}

/** `set local` takes no parameters, so only what cannot end a literal is let through. */
function quotable(value: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(value))
    throw new Error('A transaction setting holds a character that it may not')
  return value
}
