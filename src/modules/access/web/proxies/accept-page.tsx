import {
  BackLink,
  Button,
  Details,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  type Fault,
} from '#platform/html'

/** Where somebody who was invited types their codes. What went wrong is told as one thing. */
export function AcceptPage(props: {
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: readonly Fault[]
}) {
  const { typed, faults } = props
  const title = 'Enter the code you were given'
  const field = (name: string, label: string, hint: string) => (
    <Input
      id={name}
      name={name}
      label={label}
      hint={hint}
      width={20}
      autocomplete="off"
      spellcheck={false}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/account/acting-for" text="Who you act for" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Somebody who wants you to act for them gave you two codes. They work once, for you alone.
      </p>
      <Form action="/account/acting-for/accept">
        {field('practice', 'Surgery code', 'For example, A81001')}
        {field('code', 'One-time code', '12 letters and numbers')}
        <Button text="Continue" preventDoubleClick />
      </Form>
      <Details summary="If it does not work">
        <p>
          Ask whoever gave you the codes to check your name and date of birth, or to make new ones.
          Or take proof of who you are to their GP surgery.
        </p>
      </Details>
    </Layout>
  )
}

/** Told to whoever accepted: whether it opens at once is the surgery’s to say. */
export function AcceptedPage() {
  const title = 'The code is right'
  return (
    <Layout title={title} before={<BackLink href="/home" text="Home" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        You are told here when you can act for them. Where their GP surgery confirms it first, that
        usually takes up to 2 working days.
      </p>
      <p>
        <a href="/account/acting-for">See who you act for</a>
      </p>
    </Layout>
  )
}
