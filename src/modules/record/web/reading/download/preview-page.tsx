import { formatDate } from '#kernel/time'
import { Button, WarningCallout } from '#platform/html'
import { NothingToShow, RecordFrame, type Seat } from '../record-frame.tsx'
import {
  formatYears,
  mostExported,
  partsOf,
  scopeQuery,
  type RecordExport,
} from './export-model.ts'

/** Exactly what a print or download holds, with what to know before making one. */
export function PreviewPage({ seat, made }: { readonly seat: Seat; readonly made: RecordExport }) {
  const { patient, scope } = made
  const parts = partsOf(made)
  const query = scopeQuery(scope)
  return (
    <RecordFrame seat={seat} title="What your copy will hold">
      <WarningCallout heading={{ text: 'Important: keep your copy private', level: 2 }}>
        <p>
          Once you download or print it, it is up to you to keep it private. Anyone who has it can
          read it, also when this service is switched off.
        </p>
        <p>Do not make a copy on a computer or phone that other people use.</p>
        <p>
          If someone is pressing you for a copy, you do not have to make one. Tell your GP surgery.
        </p>
      </WarningCallout>
      {parts.length === 0 ? (
        <NothingToShow />
      ) : (
        <div class="nhsuk-button-group app-not-printed">
          <Button href={`${seat.base}/download/record.pdf?${query}`} text="Download as PDF" />
          <Button
            href={`${seat.base}/download/record.json?${query}`}
            text="Download for another app (FHIR)"
            variant="secondary"
          />
        </div>
      )}
      <p class="app-not-printed">
        To print it, use the print command of your browser on this page.
      </p>
      <p class="app-not-printed">
        <a href={`${seat.base}/download?${query}`}>Change what it holds</a>
      </p>
      <p>
        {patient.givenName} {patient.familyName}, born {formatDate(patient.bornOn)}. Made on{' '}
        {formatDate(made.madeAt)}. Entries of {formatYears(scope)}.
      </p>
      {made.isCut && (
        <p>
          It holds the {mostExported} newest entries. To have older ones, choose fewer years or
          parts.
        </p>
      )}
      {parts.map((part) => (
        <section>
          <h2 class="nhsuk-heading-m">{part.name}</h2>
          {part.entries.map(({ title, facts }) => (
            <>
              <h3 class="nhsuk-heading-xs">{title}</h3>
              <ul class="nhsuk-list app-free-text">
                {facts.map(([key, value]) => (
                  <li>
                    {key}: {value}
                  </li>
                ))}
              </ul>
            </>
          ))}
        </section>
      ))}
    </RecordFrame>
  )
}
