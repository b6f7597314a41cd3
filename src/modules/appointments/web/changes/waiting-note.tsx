import { Tag } from '#platform/html'
import { formatNear } from './words.ts'

/** Beside a session of a day: that it is about to change, or that patients are not told yet. */
export function WaitingNote(props: {
  readonly clinic: { readonly changesAt?: Date; readonly cancelledAt?: Date }
  readonly now: Date
}) {
  const { clinic, now } = props
  if (!clinic.changesAt) return null
  const at = clinic.changesAt > now ? `at ${formatNear(clinic.changesAt, now)}` : 'now'
  if (clinic.cancelledAt) return <> Patients are told {at}.</>
  return (
    <p class="app-slot">
      <Tag text="About to change" colour="orange" />
      <span>It changes, and patients are told, {at}. Nobody can book into it until then.</span>
    </p>
  )
}
