import { sql, type Tx } from '#platform/db'
import { mayDo, type Role, type StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import type { ItemId } from '../../domain/item.ts'

/** What one member of staff told the others about an item. */
export interface StaffNote {
  readonly writtenAt: Date
  readonly writerName: string
  readonly assigneeName?: string
  readonly note: string
}

interface NoteRow extends StaffNote {
  readonly itemId: ItemId
}

/** The notes on these items between staff, oldest first. */
export async function notesOf(
  tx: Tx<StaffActing>,
  itemIds: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, readonly StaffNote[]>> {
  if (itemIds.length === 0) return new Map()
  const rows = await tx.many<NoteRow>(sql`
    select item_note.item_id, item_note.written_at, writer.name as writer_name,
      assignee.name as assignee_name, item_note.note
    from prescriptions.item_note
    join directory.staff writer
      on writer.practice = item_note.practice
      and writer.staff_id = item_note.written_by
    left join directory.staff assignee
      on assignee.practice = item_note.practice
      and assignee.staff_id = item_note.assigned_to
    where item_note.practice = ${tx.acting.practice}
      and item_note.item_id = any(${itemIds}::uuid[])
    order by item_note.written_at, item_note.note_id
    limit 2000
  `)
  return Map.groupBy(rows, (row) => row.itemId)
}

/** Someone to whom an item can be passed on. */
export interface Colleague {
  readonly staffId: StaffId
  readonly name: string
  readonly jobTitle: string
}

interface ColleagueRow extends Colleague {
  readonly roles: readonly Role[]
}

/** Those who work here and may take a request in hand, by name, without the one who asks. */
export async function colleagues(tx: Tx<StaffActing>): Promise<readonly Colleague[]> {
  const rows = await tx.many<ColleagueRow>(sql`
    select staff_id, name, job_title, roles
    from directory.staff
    where practice = ${tx.acting.practice}
      and active
      and staff_id <> ${tx.acting.staffId}
    order by name, staff_id
    limit 500
  `)
  return rows
    .filter(({ roles }) => mayDo(roles, 'triage-prescriptions'))
    .map(({ staffId, name, jobTitle }) => ({ staffId, name, jobTitle }))
}
