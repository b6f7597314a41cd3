import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** What the rules decided since then, and what is overdue and open now. */
export interface Totals {
  readonly released: number
  readonly held: number
  readonly overdue: number
  readonly requestsOverdue: number
  readonly recalled: number
  readonly recalledFromRules: number
  readonly readAgain: number
  readonly unsafe: number
  readonly longestWaitDays?: number
}

/** The practice's figures of disclosure since `since`; what is overdue is as of `today`. */
export async function disclosureTotals(
  tx: Decider,
  since: Date,
  today: LocalDate,
): Promise<Totals | undefined> {
  return tx.maybe<Totals>(sql`
    select
      (select coalesce(sum(counted.released), 0)
        from record.screening_count counted
        where counted.practice = ${tx.acting.practice}
          and counted.counted_at >= ${since}) as released,
      (select coalesce(sum(counted.held), 0)
        from record.screening_count counted
        where counted.practice = ${tx.acting.practice}
          and counted.counted_at >= ${since}) as held,
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
      (select count(*)
        from record.recall
        where recall.practice = ${tx.acting.practice}
          and recall.recalled_at >= ${since}) as recalled,
      (select count(*)
        from record.recall
        where recall.practice = ${tx.acting.practice}
          and recall.recalled_at >= ${since}
          and recall.released_by = 'ruleset') as recalled_from_rules,
      (select count(*)
        from record.second_reading reading
        where reading.practice = ${tx.acting.practice}
          and reading.read_at >= ${since}) as read_again,
      (select count(*)
        from record.second_reading reading
        where reading.practice = ${tx.acting.practice}
          and reading.read_at >= ${since}
          and not reading.is_safe) as unsafe,
      (select max(floor(extract(epoch from ${tx.now}::timestamptz - waiting.decided_at) / 86400))::integer
        from (
          select decision.decided_at
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
                and later.decision_no > decision.decision_no)
          order by decision.decided_at
          limit 1
        ) waiting) as longest_wait_days
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
