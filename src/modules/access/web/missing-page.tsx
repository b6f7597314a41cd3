import { Layout } from '#platform/html'
import type { MissingReason, Service } from '../domain/services.ts'

const names: Readonly<Record<Service, string>> = {
  appointments: 'Booking appointments online',
  prescriptions: 'Ordering repeat prescriptions online',
  record: 'Seeing your health record online',
}

/** "Why can't I?": which switch is off, who decides, and what to do instead. */
export function MissingPage(props: {
  readonly service?: Service
  readonly reason: MissingReason | 'no-access'
}) {
  const title = props.service
    ? `${names[props.service]} is not switched on`
    : 'Online services are not switched on for you'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{explanation(props.reason)}</p>
      <h2 class="nhsuk-heading-m">What you can do</h2>
      <p>
        Ask your GP surgery to switch it on. You can phone or go in. You can still do everything by
        phone or in person.
      </p>
      <p>
        If you need help now, phone your GP surgery, or use 111.nhs.uk. In an emergency call 999.
      </p>
    </Layout>
  )
}

function explanation(reason: MissingReason | 'no-access'): string {
  switch (reason) {
    case 'practice-switch':
      return 'Your GP surgery does not offer this online at the moment. The surgery decides this for all its patients.'
    case 'patient-switch':
      return 'Your GP surgery offers this online, but it is not switched on for your account. The surgery decides this for each patient.'
    case 'review':
      return 'Your GP surgery has paused this while it checks how online access is set up. This is part of its routine work. The surgery decides when it is switched on again.'
    case 'declined':
      return 'Your GP surgery has a note that you did not want this. You can change your mind at any time.'
    case 'no-access':
      return 'Your account is not linked to a patient at this GP surgery at the moment. The surgery decides this.'
  }
}
