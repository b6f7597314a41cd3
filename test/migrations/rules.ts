import { isOutsideTransaction, splitStatements } from '#platform/db'

/** A statement that the version before, which still serves meanwhile, would not bear. */
export interface Breach {
  readonly rule: string
  readonly statement: string
}

interface Rule {
  readonly name: string
  readonly breaks: (text: string, file: File) => boolean
}

interface File {
  readonly isOutside: boolean
  /** Tables and views that the same file makes: nobody uses them yet. */
  readonly made: ReadonlySet<string>
}

const reason = /^-- No downtime: .{15,}/m
const altered = /^alter table (?:only )?(?:if exists )?([\w.]+)/
const volatile = /default [^,]*\b(?:random|clock_timestamp|gen_random_uuid|timeofday)\b/

const onTable = (wrong: RegExp) => (text: string, file: File) => {
  const [, table = ''] = altered.exec(text) ?? []
  return table !== '' && !file.made.has(table) && wrong.test(text)
}

const rules: readonly Rule[] = [
  {
    name: 'a rename or drop takes away what the version before uses',
    breaks: (text, file) =>
      onTable(/\brename\b|\bdrop column\b|\bset schema\b/)(text, file) ||
      (/^(?:drop (?:table|schema|type)|alter (?:type|view|schema) .*\brename)\b/.test(text) &&
        !isMade(text, file)) ||
      (text.startsWith('drop view') && !isMade(text, file)),
  },
  {
    name: 'a change of type writes the table anew under a lock',
    breaks: onTable(/\balter column \w+ (?:set data )?type\b/),
  },
  {
    name: 'a column that may not be absent has no default for rows that are there',
    breaks: (text, file) =>
      onTable(/\bset not null\b/)(text, file) ||
      (onTable(/\badd column\b/)(text, file) &&
        text
          .split(/,\s*(?=add |alter |drop )/)
          .some(
            (part) =>
              /\bnot null\b/.test(part) && /\badd column\b/.test(part) && !/\bdefault\b/.test(part),
          )),
  },
  {
    name: 'a default that differs from row to row writes the table anew under a lock',
    breaks: onTable(volatile),
  },
  {
    name: 'a constraint that is checked at once reads the table under a lock: add it "not valid"',
    breaks: (text, file) =>
      onTable(/\badd (?:constraint \w+ )?(?:check|foreign key)\b/)(text, file) &&
      !/\bnot valid\b/.test(text),
  },
  {
    name: 'a constraint with an index builds it under a lock: build the index first, then use it',
    breaks: (text, file) =>
      onTable(/\badd (?:constraint \w+ )?(?:primary key|unique|exclude)\b/)(text, file) &&
      !/\busing index\b/.test(text),
  },
  {
    name: 'a constraint is validated in a transaction that may hold the lock of its making',
    breaks: (text, file) => onTable(/\bvalidate constraint\b/)(text, file) && !file.isOutside,
  },
  {
    name: 'an index is built or dropped under a lock: say "concurrently", outside a transaction',
    breaks: (text, file) =>
      (/^create (?:unique )?index\b/.test(text) &&
        !file.made.has(/\bon (?:only )?([\w.]+)/.exec(text)?.[1] ?? '') &&
        !(file.isOutside && /^create (?:unique )?index concurrently if not exists\b/.test(text))) ||
      (/^drop index\b/.test(text) &&
        !(file.isOutside && /^drop index concurrently if exists\b/.test(text))),
  },
  {
    name: 'rows that are there are changed in one go: let a job do it in small parts',
    breaks: (text, file) => {
      const [, table = ''] =
        /^(?:update|delete from|insert into|truncate)\s+([\w.]+)/.exec(text) ?? []
      return table !== '' && !file.made.has(table) && !/^insert into [^;]*\bvalues\b/.test(text)
    },
  },
  {
    name: 'a lock is held for long',
    breaks: (text) =>
      /^(?:lock|cluster|vacuum full|reindex (?!.*concurrently)|refresh)\b/.test(text),
  },
  {
    name: 'outside a transaction, each statement must bear being run again',
    breaks: (text, file) =>
      file.isOutside &&
      !/\bif (?:not )?exists\b|\bvalidate constraint\b|^(?:grant|revoke|set|create or replace)\b/.test(
        text,
      ),
  },
]

/**
 * What in a migration would not bear that the version before serves meanwhile. A statement is passed
 * over where a comment before it gives the reason, after "No downtime:".
 */
export function breachesOf(script: string): readonly Breach[] {
  const statements = splitStatements(script).map(({ text, comment }) => ({
    text: text.toLowerCase().replaceAll(/\s+/g, ' '),
    comment,
  }))
  const made = new Set(
    statements.flatMap(
      ({ text }) =>
        /^create (?:or replace )?(?:table|view|materialized view|type|schema) (?:if not exists )?([\w.]+)/.exec(
          text,
        )?.[1] ?? [],
    ),
  )
  const file = { isOutside: isOutsideTransaction(script), made }
  return statements
    .filter(({ comment }) => !reason.test(comment))
    .flatMap(({ text }) =>
      rules
        .filter(({ breaks }) => breaks(text, file))
        .map(({ name }) => ({ rule: name, statement: text.slice(0, 90) })),
    )
}

function isMade(text: string, file: File): boolean {
  const [, name = ''] = /^drop \w+ (?:if exists )?([\w.]+)/.exec(text) ?? []
  return file.made.has(name)
}
