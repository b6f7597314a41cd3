import type pg from 'pg'

/** Who a patient's database role is confined to. */
export interface RoleAt {
  readonly practice: string
  readonly patientId: string
  readonly accountId: string
}

const prepared = new WeakMap<pg.Client, string>()

/** Grows with every look and is slow to read whole, so it is read once a history. */
export const ownTrail = 'access.published_own_trail'

/**
 * Every row that a patient's role can read, of every relation it may read but its trail, or of one, as text. The
 * connection is this reading's alone, so that its statement is planned once.
 */
export async function rowsOfRole(
  reading: pg.Client,
  at: RoleAt,
  relation?: string,
): Promise<string> {
  const all = prepared.get(reading) ?? (await everyRelation(reading))
  prepared.set(reading, all)
  await reading.query(
    `begin; set local role po_patient; set local app.practice = '${at.practice}';
     set local app.patient = '${at.patientId}'; set local app.account = '${at.accountId}'`,
  )
  try {
    const asked =
      relation === undefined
        ? { name: 'every-row', text: all }
        : { name: relation, text: everyRow(relation) }
    const { rows } = await reading.query<{ rows: string | null }>(asked)
    return rows.map((row) => row.rows ?? '').join('\n')
  } finally {
    await reading.query('rollback')
  }
}

async function everyRelation(reading: pg.Client): Promise<string> {
  const { rows } = await reading.query<{ name: string }>(
    `select format('%I.%I', schemaname, name) as name from (
       select schemaname, tablename as name from pg_tables
       union all select schemaname, viewname from pg_views) relation
     where schemaname not in ('pg_catalog', 'information_schema')
       and has_schema_privilege('po_patient', schemaname, 'usage')
       and has_table_privilege('po_patient', format('%I.%I', schemaname, name), 'select')
     order by 1`,
  )
  return rows
    .filter(({ name }) => name !== ownTrail)
    .map(({ name }) => everyRow(name))
    .join('\nunion all ')
}

function everyRow(relation: string): string {
  return `select string_agg(one::text, e'\\n') as rows from ${relation} one`
}
