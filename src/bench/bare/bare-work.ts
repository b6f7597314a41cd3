import type { Statement } from '#platform/db'

/** The pieces of work that have a bare counterpart. */
export type BareName = 'book' | 'week' | 'record' | 'order'

/** One piece of work at its plainest: one statement on tables without roles, policies or audit. */
export interface BareWork {
  readonly method: 'GET' | 'POST'
  /** The statement for the `turn`th time; turns may not repeat. */
  readonly statement: (turn: number) => Statement
}

/** How many turns the tables can take, and of what there is how much. */
const bareSizes = { slots: 200_000, practices: 100, patients: 10_000, readers: 200 } as const

/** Tables of the same shape as the service's own, with keys and nothing else, filled. */
export const bareTables = `
  create schema bare;
  create table bare.slot (
    practice integer not null,
    slot_id integer not null,
    starts_at timestamptz not null,
    minutes integer not null,
    state text not null,
    primary key (practice, slot_id)
  );
  insert into bare.slot
  select n % ${bareSizes.practices}, n, timestamptz '2030-01-01' + n * interval '30 seconds', 10, 'free'
  from generate_series(0, ${bareSizes.slots} - 1) as n;
  create index on bare.slot (practice, starts_at) where state = 'free';
  create table bare.appointment (
    practice integer not null,
    appointment_id uuid not null default gen_random_uuid(),
    slot_id integer not null,
    patient_id integer not null,
    reason text not null,
    primary key (practice, appointment_id),
    unique (practice, slot_id)
  );
  create table bare.request (
    practice integer not null,
    request_id uuid not null default gen_random_uuid(),
    patient_id integer not null,
    medicine text not null,
    asked_at timestamptz not null default now(),
    primary key (practice, request_id)
  );
  create table bare.entry (
    patient_id integer not null,
    entry_id integer not null,
    at timestamptz not null,
    title text not null,
    detail jsonb not null,
    primary key (patient_id, at, entry_id)
  );
  insert into bare.entry
  select n % ${bareSizes.readers}, n, timestamptz '2020-01-01' + n * interval '1 hour', 'Serum sodium level',
    jsonb_build_object('value', n, 'unit', 'mmol/L', 'low', 133, 'high', 146)
  from generate_series(0, ${bareSizes.readers} * 370 - 1) as n;
  analyze;
`

/** What each piece of work comes to when nothing is asked but the work itself. */
export const bareWork: Readonly<Record<BareName, BareWork>> = {
  book: {
    method: 'POST',
    statement: (turn) => ({
      name: 'bare-book',
      text: `
        with claimed as (
          update bare.slot set state = 'booked'
          where practice = $1 and slot_id = $2 and state = 'free'
          returning practice, slot_id
        )
        insert into bare.appointment (practice, slot_id, patient_id, reason)
        select practice, slot_id, $3, $4 from claimed
        returning appointment_id`,
      values: [
        turn % bareSizes.practices,
        turn,
        turn % bareSizes.patients,
        'Cough for three weeks',
      ],
    }),
  },
  week: {
    method: 'GET',
    statement: (turn) => ({
      name: 'bare-week',
      text: `
        select slot_id, starts_at, minutes
        from bare.slot
        where practice = $1 and state = 'free'
          and starts_at >= timestamptz '2030-02-01' and starts_at < timestamptz '2030-02-08'
        order by starts_at
        limit 20`,
      values: [turn % bareSizes.practices],
    }),
  },
  record: {
    method: 'GET',
    statement: (turn) => ({
      name: 'bare-record',
      text: `
        select entry_id, at, title, detail
        from bare.entry
        where patient_id = $1
        order by at desc, entry_id desc
        limit 50`,
      values: [turn % bareSizes.readers],
    }),
  },
  order: {
    method: 'POST',
    statement: (turn) => ({
      name: 'bare-order',
      text: `
        insert into bare.request (practice, patient_id, medicine)
        values ($1, $2, $3)
        returning request_id`,
      values: [turn % bareSizes.practices, turn % bareSizes.patients, 'Amlodipine 5mg tablets'],
    }),
  },
}

export const isBare = (name: string): name is BareName => Object.hasOwn(bareWork, name)
