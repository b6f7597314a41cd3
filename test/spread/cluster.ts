import pg from 'pg'
import type { DatabaseSettings } from '#platform/db'

/** What the extension would be asked, kept in the order asked. */
export interface StandInCluster {
  keys(): Promise<readonly unknown[]>
  spread(): Promise<readonly string[]>
  /** The table at which it fails, as when a worker is out of reach. */
  failAt(table: string): Promise<void>
  close(): Promise<void>
}

/**
 * A database that says it has Citus, with functions of the same names that note what they are asked
 * and refuse what Citus refuses: a table that keys lead to or from.
 */
export async function standInCluster(settings: DatabaseSettings): Promise<StandInCluster> {
  const client = new pg.Client(settings)
  await client.connect()
  await client.query(`
    set allow_system_table_mods = on;
    insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    select 99999, 'citus', 10, 'public'::regnamespace, false, '13.0';
    create table public.pg_dist_partition (place serial, logicalrelid regclass);
    create table public.failing (name text);
    create function public.note_spread(given text) returns void language plpgsql as $$
      begin
        if exists (select from public.failing where name = given) then
          raise exception 'A worker is out of reach';
        end if;
        if exists (
          select from pg_constraint
          where contype = 'f' and given::regclass in (conrelid, confrelid)) then
          raise exception '% has keys to or from other tables', given;
        end if;
        insert into public.pg_dist_partition (logicalrelid) values (given::regclass);
      end $$;
    create function public.create_reference_table(given text) returns void
      language sql as $$ select public.note_spread(given) $$;
    create function public.create_distributed_table(given text, by text, colocate_with text)
      returns void language sql as $$ select public.note_spread(given) $$`)
  const texts = async (text: string): Promise<readonly string[]> =>
    (await client.query<{ text: string }>(text)).rows.map((row) => row.text)
  return {
    keys: () =>
      texts(`
        select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as text
        from pg_constraint
        where contype = 'f'
        order by 1`),
    spread: () =>
      texts('select logicalrelid::text as text from public.pg_dist_partition order by place'),
    failAt: async (table) => {
      await client.query('delete from public.failing')
      await client.query('insert into public.failing values ($1)', [table])
    },
    close: () => client.end(),
  }
}
