import { formatDate, formatDayAndTime, type LocalDate } from '#kernel/time'
import {
  Breadcrumb,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import { maxWords, type Answer } from '../../domain/asking/request.ts'
import type { OwnQuestion, OwnRequest } from '../../queries/asking/requests.ts'
import { formatAbout, outcomesForPatient, requestKinds } from './words.ts'

/**
 * That some things may not be shown, and how to ask about it. The same for everybody: nothing here
 * depends on what is withheld (I-2).
 */
export function AskPage(props: {
  readonly requests: readonly OwnRequest[]
  readonly questions: readonly OwnQuestion[]
  readonly today: LocalDate
  readonly isSent?: boolean
  readonly faults?: FormFaults
}) {
  const title = 'Ask about your health record'
  const open = props.questions.filter((one) => one.answer === undefined)
  return (
    <Layout
      title={title}
      hasErrors={props.faults !== undefined}
      before={<Breadcrumb items={[{ text: 'Health record', href: '/record' }]} />}
    >
      <ErrorSummaryFor faults={props.faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.isSent && (
        <InsetText>
          <p>Your GP surgery has your request. It is below, with the day by which they answer.</p>
        </InsetText>
      )}
      {open.length > 0 && <Questions open={open} />}
      <p>
        Some information in a health record is not shown online, for anyone. It may not have been
        checked yet, it may be about someone else, or there may be another reason in law. Your GP
        surgery still has it.
      </p>
      <p>
        You have the right to ask for a copy of your record, to ask for what is wrong to be
        corrected, and to ask for a decision to be looked at again. It is free.
      </p>
      <AskForm faults={props.faults} />
      <Requests requests={props.requests} />
      <h2 class="nhsuk-heading-m">If you are not happy with an answer</h2>
      <p>
        Ask your GP surgery to look at it again, or complain to them. You can also complain to the
        Information Commissioner’s Office, at ico.org.uk or on 0303 123 1113.
      </p>
      <p>
        If you need help now, phone your GP surgery, or use 111.nhs.uk. In an emergency call 999.
      </p>
    </Layout>
  )
}

function Questions({ open }: { readonly open: readonly OwnQuestion[] }) {
  return (
    <section aria-labelledby="questions">
      <h2 class="nhsuk-heading-m" id="questions">
        Your GP surgery has a question for you
      </h2>
      <ul>
        {open.map((one) => (
          <li>
            <a href={`/record/questions/${one.questionId}`}>
              About {formatAbout(one.about, one.happenedOn)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AskForm({ faults }: { readonly faults: FormFaults | undefined }) {
  return (
    <Form action="/record/ask">
      <Radios
        name="kind"
        fieldset={{ legend: { text: 'What would you like to ask?', size: 'm' } }}
        value={faults?.typed['kind']}
        errorMessage={messageFor(faults?.faults, 'kind')}
        items={Object.entries(requestKinds).map(([value, text]) => ({ value, text }))}
      />
      <CharacterCount
        name="words"
        label={{ text: 'Tell your GP surgery more', size: 's' }}
        hint="Others who act for you online do not see this. Your GP surgery answers within one month, and sooner if they can. It is not for anything urgent."
        maxlength={maxWords}
        rows={5}
        value={faults?.typed['words']}
        errorMessage={messageFor(faults?.faults, 'words')}
      />
      <Button text="Send to your GP surgery" preventDoubleClick />
    </Form>
  )
}

function Requests({ requests }: { readonly requests: readonly OwnRequest[] }) {
  if (requests.length === 0) return null
  return (
    <section aria-labelledby="requests">
      <h2 class="nhsuk-heading-m" id="requests">
        What you asked
      </h2>
      {requests.map((one) => (
        <div class="app-request">
          <h3 class="nhsuk-heading-s">{requestKinds[one.kind]}</h3>
          <p>
            Sent on {formatDayAndTime(one.askedAt)}.{' '}
            {one.answeredAt
              ? `Answered on ${formatDate(one.answeredAt)}.`
              : `Your GP surgery answers by ${formatDate(one.dueOn)}.`}
          </p>
          <p class="app-free-text">{one.words}</p>
          {one.outcome && (
            <InsetText>
              <p>
                <strong>{outcomesForPatient[one.outcome]}</strong>
              </p>
              <p class="app-free-text">{one.answer}</p>
            </InsetText>
          )}
        </div>
      ))}
    </section>
  )
}

const answers: Readonly<Record<Answer, string>> = {
  show: 'Yes, show it online',
  'keep-off': 'No, keep it off',
  talk: 'I would like to talk about it first',
}

/** A question to the patient alone: may something be shown? */
export function QuestionPage(props: {
  readonly question: OwnQuestion
  readonly faults?: FormFaults
}) {
  const { question, faults } = props
  const title = 'A question from your GP surgery'
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={
        <Breadcrumb
          items={[
            { text: 'Health record', href: '/record' },
            { text: 'Ask about your health record', href: '/record/ask' },
          ]}
        />
      }
    >
      <ErrorSummaryFor faults={faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        There is {formatAbout(question.about, question.happenedOn)} that you may not want to be seen
        online, for instance because someone looks at your phone. Only you were asked: nobody who
        acts for you sees this.
      </p>
      {question.answer ? (
        <p>You answered: {answers[question.answer]}. Phone your GP surgery to change it.</p>
      ) : (
        <Form action={`/record/questions/${question.questionId}`}>
          <Radios
            name="answer"
            fieldset={{ legend: { text: 'Would you like it to be shown online?', size: 'm' } }}
            errorMessage={messageFor(faults?.faults, 'answer')}
            items={Object.entries(answers).map(([value, text]) => ({ value, text }))}
          />
          <p>Until somebody at your GP surgery has read your answer, it stays off.</p>
          <Button text="Send your answer" preventDoubleClick />
        </Form>
      )}
      <p>
        If someone makes you share what you see here, phone your GP surgery. If you are in danger
        now, call 999.
      </p>
    </Layout>
  )
}
