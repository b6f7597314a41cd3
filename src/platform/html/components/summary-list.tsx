import type { VNode } from 'preact'
import { Card, type CardOptions } from './card.tsx'
import { CardAction, listed, type Actions } from './card-action.tsx'
import type { HeadingSlot } from './heading.tsx'
import {
  classNames,
  slot,
  spread,
  wording,
  type Children,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** A key or a value of a row. `width` names one of the design system's, such as "one-half". */
type SummaryCell = Common & Words & Options<{ width: string }>

/** A row of a summary list. */
export type SummaryRow = Common &
  Options<{
    key: Slot<SummaryCell>
    value: Slot<SummaryCell>
    border: boolean
    actions: Actions<Common & Options<{ width: string }>>
  }>

/** Options of a summary list. With `card` it stands in a card of its own. */
type SummaryListOptions = Common &
  Options<{
    rows: Items<SummaryRow>
    border: boolean
    lastRowBorder: boolean
    card: CardOptions
    html: VNode
  }>

function wide(base: string, cell: Options<{ width: string; classes: string }>): string {
  const width = cell.width && `nhsuk-u-width-${cell.width}`
  return classNames(base, width && !cell.classes?.includes(width) && width, cell.classes)
}

function RowActions(props: { readonly row: SummaryRow; readonly heading: HeadingSlot }) {
  const { box, items } = listed(props.row.actions)
  const [first] = items
  if (!first) return null
  return (
    <dd class={wide('nhsuk-summary-list__actions', box)} id={box.id} {...spread(box.attributes)}>
      {items.length === 1 ? (
        CardAction({ action: first, heading: props.heading })
      ) : (
        <ul class="nhsuk-summary-list__actions-list">
          {items.map((action) => (
            <li class="nhsuk-summary-list__actions-list-item">
              {CardAction({ action, heading: props.heading })}
            </li>
          ))}
        </ul>
      )}
    </dd>
  )
}

type RowProps = {
  readonly row: SummaryRow
  readonly list: SummaryListOptions
  readonly isLast: boolean
  readonly hasActions: boolean
}

function Row({ row, list, isLast, hasActions }: RowProps) {
  const key = slot<SummaryCell>(row.key)
  const value = slot<SummaryCell>(row.value)
  const borderGone =
    /nhsuk-summary-list--no-(last-row-)?border/.test(list.classes ?? '') ||
    (list.lastRowBorder === false && isLast)
  return (
    <div
      class={classNames(
        'nhsuk-summary-list__row',
        hasActions &&
          listed(row.actions).items.length === 0 &&
          'nhsuk-summary-list__row--no-actions',
        row.border === false && !borderGone && 'nhsuk-summary-list__row--no-border',
        row.classes,
      )}
      id={row.id}
      {...spread(row.attributes)}
    >
      <dt class={wide('nhsuk-summary-list__key', key)} id={key.id} {...spread(key.attributes)}>
        {wording(key)}
      </dt>
      <dd
        class={wide('nhsuk-summary-list__value', value)}
        id={value.id}
        {...spread(value.attributes)}
      >
        {wording(value)}
      </dd>
      {RowActions({ row, heading: list.card?.heading })}
    </div>
  )
}

/** Facts about one thing, each with its name, and what can be done about them. */
export function SummaryList(options: SummaryListOptions & Children) {
  const { border, lastRowBorder, classes, card } = options
  const rows = (options.rows ?? []).filter((row) => typeof row === 'object' && row !== null)
  const hasActions = rows.some(
    (row) => !Array.isArray(row.actions) && listed(row.actions).items.length > 0,
  )
  const list = (
    <dl
      class={classNames(
        'nhsuk-summary-list',
        border === false && 'nhsuk-summary-list--no-border',
        border !== false && lastRowBorder === false && 'nhsuk-summary-list--no-last-row-border',
        classes,
      )}
      id={options.id}
      {...spread(options.attributes)}
    >
      {options.children ??
        options.html ??
        rows.map((row, index) =>
          Row({ row, list: options, isLast: index === rows.length - 1, hasActions }),
        )}
    </dl>
  )
  return card ? <Card {...card}>{list}</Card> : list
}
