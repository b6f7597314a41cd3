import { Button, Checkboxes, ErrorSummaryFor, Form, Input } from '#platform/html'
import type { SectionFacts } from '../../../domain/sections.ts'
import { RecordFrame, type Seat } from '../record-frame.tsx'
import type { Scope } from './export-model.ts'

/** Choosing what to print or download, of what is open to this reader. */
export function DownloadPage(props: {
  readonly seat: Seat
  readonly open: readonly SectionFacts[]
  readonly scope: Scope
  readonly isNothingChosen: boolean
}) {
  const { seat, open, scope, isNothingChosen } = props
  const fault = 'Choose at least one part of your record'
  const chosen = scope.parts.length > 0 || isNothingChosen
  return (
    <RecordFrame
      seat={seat}
      title="Print or download your health record"
      hasErrors={isNothingChosen}
    >
      {isNothingChosen && <ErrorSummaryFor faults={[{ field: 'parts', message: fault }]} />}
      <p>Choose what you need. You see it all before anything is printed or downloaded.</p>
      <Form action={`${seat.base}/download/preview`} method="get">
        <Checkboxes
          name="parts"
          idPrefix="parts"
          fieldset={{ legend: { text: 'Parts of your health record', size: 'm' } }}
          {...(isNothingChosen && { errorMessage: { text: fault } })}
          items={open.map(({ section, name }) => ({
            value: section,
            text: name,
            checked: !chosen || scope.parts.includes(section),
          }))}
        />
        <Input
          id="from"
          name="from"
          label={{ text: 'From year (optional)' }}
          hint={{ text: 'For example, 2019' }}
          inputmode="numeric"
          width={4}
          value={scope.fromYear?.toString() ?? ''}
        />
        <Input
          id="until"
          name="until"
          label={{ text: 'To year (optional)' }}
          inputmode="numeric"
          width={4}
          value={scope.untilYear?.toString() ?? ''}
        />
        <Button text="See what it will hold" />
      </Form>
    </RecordFrame>
  )
}
