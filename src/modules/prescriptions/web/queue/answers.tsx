import { Button } from '#platform/html'
import { mostDaysOf } from '../../domain/queue/approval.ts'
import type { WaitingItem } from '../../queries/queue/waiting.ts'
import { nameOf, type RowFacts } from './row.ts'

/** Everything that can be done with one waiting item by this person, a press or a link each. */
export function Answers({ item, facts }: { readonly item: WaitingItem; readonly facts: RowFacts }) {
  const path = `/practice/prescriptions/items/${item.itemId}`
  const back = `?page=${facts.page}&view=${facts.view}`
  const of = (
    <span class="nhsuk-u-visually-hidden">{` ${nameOf(item)} for ${facts.patientName}`}</span>
  )
  return (
    <span class="app-inline-form">
      {facts.mayDecide && <Deciding item={item} facts={facts} />}
      {item.state === 'requested' && (
        <Button
          small
          variant="secondary"
          preventDoubleClick
          attributes={{ form: `receive-${item.itemId}`, 'data-key': 't' }}
        >
          Take{of} in hand
        </Button>
      )}
      {item.state !== 'asked' && (
        <a href={`${path}/ask${back}`} data-key="q">
          Ask the patient
          <span class="nhsuk-u-visually-hidden">{` about ${nameOf(item)} for ${facts.patientName}`}</span>
        </a>
      )}
      <a href={`${path}/pass-on${back}`} data-key="p">
        Pass on{of}
      </a>
    </span>
  )
}

function Deciding({ item, facts }: { readonly item: WaitingItem; readonly facts: RowFacts }) {
  const path = `/practice/prescriptions/items/${item.itemId}`
  const back = `?page=${facts.page}&view=${facts.view}`
  const of = (
    <span class="nhsuk-u-visually-hidden">{` ${nameOf(item)} for ${facts.patientName}`}</span>
  )
  const isApprovable = !item.alerts.some(
    ({ alert }) => alert === 'not-current' || alert === 'not-in-record',
  )
  const mostDays = mostDaysOf(item, facts.rules, facts.today)
  const mustBeLess = mostDays !== undefined && (item.medicine?.durationDays ?? Infinity) > mostDays
  return (
    <>
      {isApprovable && !mustBeLess && (
        <Button
          small
          preventDoubleClick
          attributes={{ form: `approve-${item.itemId}`, 'data-key': 'a' }}
        >
          Approve{of}
        </Button>
      )}
      {isApprovable && mustBeLess && (
        <Button small href={`${path}/quantity${back}`} attributes={{ 'data-key': 'a' }}>
          Approve a smaller supply{of}
        </Button>
      )}
      <Button
        small
        variant="secondary"
        href={`${path}/reject${back}`}
        attributes={{ 'data-key': 'r' }}
      >
        Reject{of}
      </Button>
      {isApprovable && !mustBeLess && (
        <a href={`${path}/quantity${back}`}>
          Approve another quantity
          <span class="nhsuk-u-visually-hidden">{` of ${nameOf(item)} for ${facts.patientName}`}</span>
        </a>
      )}
    </>
  )
}
