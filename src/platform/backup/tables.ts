import type pg from 'pg'

/** A table as a backup names it, with the columns that are kept: those not worked out by the database. */
export interface Table {
  /** Schema and name, with a point between. */
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * Every table of ours but the list of migrations, each after those it refers to. Throws where two
 * refer to each other: no order would do.
 */
export async function tablesInOrder(client: pg.ClientBase): Promise<readonly Table[]> {
  const tables = await client.query<{ name: string; columns: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relowner = 'patient_online_owner'::regrole
      and n.nspname <> 'migrations'
    order by 1`)
  const references = await client.query<{ from: string; to: string }>(`
    select distinct format('%I.%I', fn.nspname, f.relname) as from,
      format('%I.%I', tn.nspname, t.relname) as to
    from pg_constraint k
      join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f' and k.conrelid <> k.confrelid`)
  return inOrder(tables.rows, references.rows)
}

function inOrder(
  tables: readonly Table[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly Table[] {
  const placed = new Set<string>()
  const order: Table[] = []
  while (order.length < tables.length) {
    const next = tables.filter(
      ({ name }) =>
        !placed.has(name) && references.every(({ from, to }) => from !== name || placed.has(to)),
    )
    if (next.length === 0) throw new Error('Tables refer to each other in a circle')
    for (const table of next) {
      placed.add(table.name)
      order.push(table)
    }
  }
  return order
}
