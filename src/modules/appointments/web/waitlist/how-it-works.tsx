/** How long an offer is kept, as the practice has it. */
export interface HowItWorksModel {
  readonly offerMinutes: number
  readonly maxMissedOffers: number
}

/** What waiting means, in short: who is asked first, for how long, and what it does not promise. */
export function HowItWorks({ offerMinutes, maxMissedOffers }: HowItWorksModel) {
  return (
    <>
      <p>
        When somebody gives an appointment back, we offer it to whoever has waited longest and can
        use it. We keep it for {formatMinutes(offerMinutes)}, nights not counted, or until shortly
        before it starts.
      </p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        <li>We tell you when it is your turn. You accept or decline.</li>
        <li>Saying no does not cost you your place.</li>
        <li>
          {maxMissedOffers === 1
            ? 'If an offer runs out without an answer, your place ends.'
            : `If ${maxMissedOffers} offers run out without an answer, your place ends.`}
        </li>
        <li>You can still book any free appointment yourself. We cannot promise an offer.</li>
      </ul>
    </>
  )
}

/** 90 minutes, 1 hour, 2 hours. */
function formatMinutes(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`
}
