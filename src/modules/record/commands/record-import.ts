import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'

/** Something a file held that could not be kept as an entry. */
export interface Quarantined {
  /** How the file names it, such as "Observation/4f2c". */
  readonly sourceKey: string
  readonly reason: string
  readonly resource: unknown
}

/** An import that ended: which file, what became of it, and what was set aside. */
export interface ImportRun {
  readonly fileName: string
  /** SHA-256 of the file, in hex. */
  readonly fileHash: string
  /** Counts and names of what was left out; kept for staff, so it may name entries. */
  readonly report: unknown
  readonly quarantined: readonly Quarantined[]
}

/** Keeps an import's report, and all that it set aside, whole: nothing is silently dropped. */
export async function recordImport(tx: Tx<SystemProof>, run: ImportRun): Promise<void> {
  const { practice } = tx.acting
  const importId = newId(tx.now)
  await tx.run(sql`
    insert into record.import_run (practice, import_id, file_name, file_hash, imported_at, report)
    values (${practice}, ${importId}, ${run.fileName}, ${run.fileHash}, ${tx.now},
      ${JSON.stringify(run.report)})
  `)
  if (run.quarantined.length > 0) {
    const items = run.quarantined.map((item, index) => ({ ...item, no: index + 1 }))
    await tx.run(sql`
      insert into record.quarantined (practice, import_id, item_no, source_key, reason, resource)
      select ${practice}, ${importId}, given.no, given."sourceKey", given.reason,
        coalesce(given.resource, 'null')
      from json_to_recordset(${JSON.stringify(items)}::json) as given (
        no integer, "sourceKey" text, reason text, resource jsonb)
    `)
  }
  await recordEvent(tx, {
    type: 'record.file-imported',
    details: { importId, quarantined: run.quarantined.length },
  })
}
