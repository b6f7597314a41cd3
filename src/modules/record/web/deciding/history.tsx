import { formatDate, formatDayAndTime } from '#kernel/time'
import { Table } from '#platform/html'
import type { DecisionRow } from '../../queries/review.ts'
import { awaitsNames, groundNames } from '../staff-wording.tsx'

const outcomes = {
  held: 'Held',
  released: 'Released',
  withheld: 'Withheld',
  hidden: 'Hidden',
} as const

function outcomeWords({ outcome, isPart, proposes }: DecisionRow): string {
  if (proposes) return 'Proposed to be released'
  return outcome === 'released' && isPart ? 'Released in part' : outcomes[outcome]
}

function whoDecided({ staffName, firstName }: DecisionRow): string {
  if (!staffName) return 'The rules'
  return firstName ? `${staffName}, as second of two after ${firstName}` : staffName
}

/** Every decision about an entry, the latest first, with who and why. */
export function History({ history }: { readonly history: readonly DecisionRow[] }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Decisions so far</h2>
      <Table
        responsive
        classes="app-table--dense"
        caption={{ text: 'Decisions so far, the latest first', classes: 'nhsuk-u-visually-hidden' }}
        head={[{ text: 'When' }, { text: 'Decision' }, { text: 'By' }, { text: 'Why' }]}
        rows={history.map((row) => [
          { text: formatDayAndTime(row.decidedAt) },
          { text: outcomeWords(row) },
          { text: whoDecided(row) },
          {
            text: [
              row.ground && groundNames[row.ground],
              row.explanation,
              row.awaits && `Waits for: ${awaitsNames[row.awaits].toLowerCase()}.`,
              row.reviewOn && `Review ${formatDate(row.reviewOn)}.`,
              ...row.reasons.map((reason) => reason.why),
            ]
              .filter(Boolean)
              .join(' '),
          },
        ])}
      />
    </>
  )
}
