import { Tag } from '#platform/html'
import type { PrescriptionsWaiting } from '../queries/prescriptions-waiting.ts'

/** How much waits of prescriptions, and how much of it is late, for those who may act. */
export function PrescriptionsNote({ waiting, late, mine }: PrescriptionsWaiting) {
  return (
    <p>
      <a href="/practice/prescriptions">
        {waiting === 1 ? '1 prescription request waits' : `${waiting} prescription requests wait`}
      </a>
      {mine > 0 && (
        <>
          , <a href="/practice/prescriptions?view=mine">{mine} passed on to you</a>
        </>
      )}
      {late > 0 && (
        <>
          {' '}
          <Tag colour="red" text={late === 1 ? '1 is late' : `${late} are late`} />{' '}
          <a href="/practice/prescriptions/late">See what is late</a>
        </>
      )}
    </p>
  )
}
