import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** What rules and people did since a moment. */
export interface DoneTotals {
  readonly released: number
  readonly held: number
  readonly recalled: number
  readonly recalledFromRules: number
  readonly readAgain: number
  readonly unsafe: number
}

/** What the rules decided, and what was recalled or read again, since `since`. */
export function doneTotals(tx: Decider, since: Date): Promise<DoneTotals | undefined> {
  return tx.maybe<DoneTotals>(sql`
    select counted.released, counted.held, recalled.recalled, recalled.recalled_from_rules,
      reading.read_again, reading.unsafe
    from (
      select coalesce(sum(released), 0) as released, coalesce(sum(held), 0) as held
      from record.screening_count
      where practice = ${tx.acting.practice}
        and counted_at >= ${since}
    ) counted
    cross join (
      select count(*) as recalled,
        count(*) filter (where released_by = 'ruleset') as recalled_from_rules
      from record.recall
      where practice = ${tx.acting.practice}
        and recalled_at >= ${since}
    ) recalled
    cross join (
      select count(*) as read_again, count(*) filter (where not is_safe) as unsafe
      from record.second_reading
      where practice = ${tx.acting.practice}
        and read_at >= ${since}
    ) reading
  `)
}

/** What is late now. */
export interface LateTotals {
  readonly overdue: number
  readonly requestsOverdue: number
  /** How long the entry that waits longest for a person has waited. */
  readonly longestWaitDays?: number
}

/** Review dates and requests that are over by `today`, and the longest wait now. */
export function lateTotals(tx: Decider, today: LocalDate): Promise<LateTotals | undefined> {
  return tx.maybe<LateTotals>(sql`
    select
      (select count(*)
        from record.disclosure_decision decision
        where decision.practice = ${tx.acting.practice}
          and decision.outcome in ('withheld', 'hidden')
          and decision.review_on < ${today}
          and not exists (
            select
            from record.disclosure_decision later
            where later.practice = decision.practice
              and later.entry_id = decision.entry_id
              and later.decision_no > decision.decision_no)) as overdue,
      (select count(*)
        from record.review_request request
        where request.practice = ${tx.acting.practice}
          and request.answered_at is null
          and request.due_on < ${today}) as requests_overdue,
      (select floor(extract(epoch from ${tx.now}::timestamptz - min(decision.decided_at)) / 86400)::integer
        from record.disclosure_decision decision
        join record.entry
          on entry.practice = decision.practice
          and entry.entry_id = decision.entry_id
          and entry.content_hash = decision.content_hash
          and entry.markers = '{}'
          and entry.closed_at is null
        where decision.practice = ${tx.acting.practice}
          and decision.outcome = 'held'
          and not exists (
            select
            from record.disclosure_decision later
            where later.practice = decision.practice
              and later.entry_id = decision.entry_id
              and later.decision_no > decision.decision_no)) as longest_wait_days
  `)
}

/** How long entries of one kind waited for a person. */
export interface WaitRow {
  readonly what: 'results' | 'letters' | 'consultations' | 'other'
  readonly decided: number
  readonly medianHours: number
  /** Nine of ten waited no longer. */
  readonly ninthHours: number
  /** Waited more than seven days. */
  readonly overAWeek: number
}

/** How long what people decided since then had been held, by what it is. */
export function waitingTimes(tx: Decider, since: Date): Promise<readonly WaitRow[]> {
  return tx.many<WaitRow>(sql`
    select decided.what, count(*) as decided,
      percentile_cont(0.5) within group (order by decided.hours) as median_hours,
      percentile_cont(0.9) within group (order by decided.hours) as ninth_hours,
      count(*) filter (where decided.hours > 168) as over_a_week
    from (
      select case
          when entry.kind in ('result', 'result-group', 'report') then 'results'
          when entry.kind in ('document', 'referral') then 'letters'
          when entry.kind in ('consultation', 'note', 'topic', 'heading') then 'consultations'
          else 'other'
        end as what,
        (extract(epoch from decision.decided_at - before.decided_at) / 3600)::double precision as hours
      from record.disclosure_decision decision
      join record.disclosure_decision before
        on before.practice = decision.practice
        and before.entry_id = decision.entry_id
        and before.decision_no = decision.decision_no - 1
        and before.outcome = 'held'
      join record.entry
        on entry.practice = decision.practice
        and entry.entry_id = decision.entry_id
      where decision.practice = ${tx.acting.practice}
        and decision.decided_by = 'staff'
        and decision.decided_at >= ${since}
        and not decision.proposes
    ) decided
    group by decided.what
    order by decided.what
  `)
}

/** What became of what a rule held. */
export interface RuleRow {
  readonly rule: string
  readonly why: string
  readonly decided: number
  /** People let the patient see it, whole or in part. */
  readonly released: number
}

/** For each rule, how many of what it held people decided about since then, and how many they released. */
export function overturns(tx: Decider, since: Date): Promise<readonly RuleRow[]> {
  return tx.many<RuleRow>(sql`
    select reason.rule, min(reason.why) as why, count(*) as decided,
      count(*) filter (where decision.outcome = 'released') as released
    from record.disclosure_decision decision
    join record.disclosure_decision before
      on before.practice = decision.practice
      and before.entry_id = decision.entry_id
      and before.decision_no = decision.decision_no - 1
      and before.outcome = 'held'
    cross join lateral jsonb_to_recordset(before.reasons) as reason (rule text, why text)
    where decision.practice = ${tx.acting.practice}
      and decision.decided_by = 'staff'
      and decision.decided_at >= ${since}
      and decision.outcome in ('released', 'withheld', 'hidden')
      and not decision.proposes
      and reason.rule not like 'staff.%'
    group by reason.rule
    order by count(*) desc, reason.rule
    limit 100
  `)
}
