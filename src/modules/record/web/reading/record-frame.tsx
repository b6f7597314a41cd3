import type { ComponentChildren } from 'preact'
import { formatDate } from '#kernel/time'
import { BackLink, Breadcrumb, Details, InsetText, Layout, Pagination } from '#platform/html'
import { levelFor, type RecordLevel } from '../../domain/disclosure.ts'
import type { EntryKind, Section } from '../../domain/entry.ts'
import type { SectionFacts } from '../../domain/sections.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'

/** From where the record is read: by the patient, or by staff who see what the patient sees. */
export interface Seat {
  /** The address that the record's pages stand under, such as "/record". */
  readonly base: string
  /** Whose view staff are seeing; absent for the patient's own. */
  readonly asSeenBy?: string
  readonly staffBack?: string
}

/** A page of the record. What every page says of what may not be shown is the same for everyone (I-2). */
export function RecordFrame(props: {
  readonly seat: Seat
  readonly title: string
  readonly isOverview?: boolean
  /** After a form that had faults. */
  readonly hasErrors?: boolean
  readonly children?: ComponentChildren
}) {
  const { seat, title } = props
  const before = props.isOverview ? (
    seat.staffBack && <BackLink href={seat.staffBack} text="Back to the staff view" />
  ) : (
    <Breadcrumb items={[{ text: 'Health record', href: seat.base }]} />
  )
  return (
    <Layout title={title} hasErrors={props.hasErrors} before={before || undefined}>
      {seat.asSeenBy !== undefined && (
        <InsetText>
          <p>
            You are seeing the health record exactly as {seat.asSeenBy} sees it online. This view is
            noted in the audit trail.
          </p>
        </InsetText>
      )}
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.children}
      <Details summary="If something is missing or looks wrong">
        <p>
          Some information in a health record is not shown online, for anyone. This can be because
          it has not been checked yet, or because it is about someone else.
        </p>
        <p>
          Ask your GP surgery if you think that something is missing or wrong. They can tell you how
          to ask for a copy of your record.
        </p>
        <p>
          If you need help now, phone your GP surgery, or use 111.nhs.uk. In an emergency call 999.
        </p>
      </Details>
    </Layout>
  )
}

const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']
const reaches = (level: RecordLevel, needed: RecordLevel) =>
  levels.indexOf(level) >= levels.indexOf(needed)

/** How much of a part of the record this person's access opens, whatever is in it. */
export function opennessOf(
  kinds: readonly EntryKind[],
  { grant }: RecordAccess,
): 'all' | 'recent' | 'past' | 'none' {
  const needed = kinds.map(levelFor)
  const current = needed.some((level) => reaches(grant.current, level))
  const historical = needed.some((level) => reaches(grant.historical, level))
  if (current) return historical ? 'all' : 'recent'
  return historical ? 'past' : 'none'
}

/** Whether a part is withheld whole, whatever the level. */
export function isWithheld({ withheld }: RecordAccess, section: Section): boolean {
  return withheld.some(({ area }) => area === section)
}

/** "Why can't I see this?": that their access does not reach this part, who decides, and how to ask. */
export function NotOpen({
  facts: { kinds, section },
  access,
}: {
  readonly facts: SectionFacts
  readonly access: RecordAccess
}) {
  const isPractice =
    kinds.every((kind) => !reaches(access.practiceLevel, levelFor(kind))) ||
    access.withheld.some(({ area, by }) => area === section && by === 'practice')
  return (
    <>
      <p>Your online access does not include this part of your health record.</p>
      <p>
        {isPractice
          ? 'Your GP surgery does not show this part online to any of its patients at the moment. The surgery decides this.'
          : 'Your GP surgery can show this part online, but it is not switched on for your account. The surgery decides this for each patient.'}
      </p>
      <p>To ask for more access, phone your GP surgery or go in.</p>
    </>
  )
}

/** Which part of the past is open, where not all of it is. */
export function OpenFrom({
  kinds,
  access,
}: {
  readonly kinds: readonly EntryKind[]
  readonly access: RecordAccess
}) {
  const openness = opennessOf(kinds, access)
  if (openness !== 'recent' && openness !== 'past') return null
  const from = formatDate(access.grant.effectiveFrom)
  return (
    <p>
      {openness === 'recent'
        ? `Your online access shows what was added to this part from ${from} on. Ask your GP surgery if you need what is older.`
        : `Your online access shows what was added to this part before ${from}. Ask your GP surgery if you need what is newer.`}
    </p>
  )
}

/** The same words whether nothing was ever written or nothing of it is shown (I-2). */
export function NothingToShow() {
  return <p>There is nothing recorded to show here.</p>
}

/** Said of a part that the surgery's system is still waiting for. */
export function MayBeIncomplete() {
  return (
    <InsetText>
      <p>
        This part may be incomplete. Your GP surgery is still waiting for your record from your last
        surgery.
      </p>
    </InsetText>
  )
}

/** The way to the page before and after in a list. */
export function Pages(props: {
  readonly href: (page: number) => string
  readonly page: number
  readonly hasMore: boolean
}) {
  const { page, hasMore, href } = props
  if (page === 1 && !hasMore) return null
  return (
    <Pagination
      previous={page > 1 ? { href: href(page - 1), label: `Page ${page - 1}` } : undefined}
      next={hasMore ? { href: href(page + 1), label: `Page ${page + 1}` } : undefined}
    />
  )
}
