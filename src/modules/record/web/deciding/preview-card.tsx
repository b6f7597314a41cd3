import { Card, SummaryList } from '#platform/html'
import type { RecordAccess } from '../../queries/access-facts.ts'
import { previewOf } from '../preview.ts'
import { factsOf } from '../reading/entry-facts.tsx'
import type { ReviewModel } from '../review-model.ts'

/** Exactly what the patient would see of an entry, now and, where that is nothing, with full access. */
export function Preview({ found, access }: ReviewModel) {
  const { standing } = found.subject
  const copy = standing?.outcome === 'withheld' ? undefined : standing?.patientCopy
  const now = access && previewOf(found.subject, access, copy)
  const preview = now ?? previewOf(found.subject, fullAccess, copy)
  return (
    <Card heading={{ text: 'What the patient would see', level: 2, size: 'm' }}>
      {!now && (
        <p>
          Nothing now:{' '}
          {access
            ? 'their level of access does not open this entry.'
            : 'they have no online access.'}{' '}
          That can change, and the decision stays. With full access it would be:
        </p>
      )}
      {copy && <p>A part of it: what was taken out is nowhere in this.</p>}
      {preview && (
        <>
          <h3 class="nhsuk-heading-s">{preview.title}</h3>
          <SummaryList rows={factsOf(preview)} />
        </>
      )}
    </Card>
  )
}

/** What somebody sees to whom everything is open: a decision outlasts today's levels. */
const fullAccess: RecordAccess = {
  grant: { current: 'full', historical: 'full', effectiveFrom: new Date(0) },
  practiceLevel: 'full',
  withheld: [],
}
