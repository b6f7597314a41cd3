import { Button, Layout } from '#platform/html'
import type { LimitedRefusal } from '../../domain/limited/limited.ts'

/** Told to somebody not proved who may not do this: why, who decides, and what to do next. */
export function LimitedPage({ reason }: { readonly reason: LimitedRefusal }) {
  const { title, why } = wording[reason]
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{why}</p>
      <p>
        To use everything, prove who you are: with NHS login, or at your GP surgery with something
        that has your photograph on it and something with your address.
      </p>
      <Button text="How to prove who you are" href="/sign-in/prove" />
      <p>
        If you need help now, phone your GP surgery, or use{' '}
        <a href="https://111.nhs.uk">111.nhs.uk</a>. In an emergency call 999.
      </p>
    </Layout>
  )
}

const wording: Readonly<Record<LimitedRefusal, { readonly title: string; readonly why: string }>> =
  {
    closed: {
      title: 'Your GP surgery has closed your request',
      why: 'Nothing can be booked with it any more. If you did not expect this, phone the surgery.',
    },
    'surgery-offers-none': {
      title: 'Your GP surgery checks who you are first',
      why: 'It does not let people book online before that. The surgery decides this. You can book by phone or in person.',
    },
    'not-at-this-level': {
      title: 'You have to prove who you are to see this',
      why: 'NHS login knows only how to reach you. You could book one appointment, but to see or cancel it here, prove who you are. You can cancel it by phoning the surgery.',
    },
  }
