import { Layout } from '#platform/html'
import type { MissingReason, Service, Switches } from '../domain/services.ts'
import { Ask } from './services/services-page.tsx'
import { missingWords } from './services/words.ts'

const names: Readonly<Record<Service, string>> = {
  appointments: 'Booking appointments online',
  prescriptions: 'Ordering repeat prescriptions online',
  record: 'Seeing your health record online',
}

/** "Why can't I?": which switch is off, who decides, and asking for it in the same place. */
export function MissingPage(
  props:
    | { readonly service: Service; readonly reason: MissingReason; readonly switches: Switches }
    | { readonly reason: 'no-access' },
) {
  const title =
    props.reason === 'no-access'
      ? 'Online services are not switched on for you'
      : `${names[props.service]} is not switched on`
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{props.reason === 'no-access' ? noAccess : missingWords[props.reason]}</p>
      <h2 class="nhsuk-heading-m">What you can do</h2>
      {props.reason !== 'no-access' && (
        <>
          <Ask service={props.service} switches={props.switches} />
          <p>
            <a href="/account/services">See what you can use online, and what you asked for</a>
          </p>
        </>
      )}
      <p>
        You can also phone your GP surgery or go in. You can still do everything by phone or in
        person.
      </p>
      <p>
        If you need help now, phone your GP surgery, or use 111.nhs.uk. In an emergency call 999.
      </p>
    </Layout>
  )
}

/** The same words whether access ended, is suspended or never was: nothing can be told from them. */
const noAccess =
  'Your GP surgery has not set up online services for this account, or has paused them for administrative reasons. The surgery decides this.'
