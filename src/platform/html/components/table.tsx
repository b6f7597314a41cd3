import { Card, type CardOptions } from './card.tsx'
import type { CaptionSlot, HeadingSize } from './caption.tsx'
import { Heading } from './heading.tsx'
import { attributeText, Markup } from '../serialize.ts'
import {
  classNames,
  flag,
  hasWords,
  slot,
  spread,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'
import { Scroll } from './scroll.tsx'
import { Column, HeadCell, type CellOptions, type HeadCellOptions } from './table-cell.tsx'

/** The caption of a table, which names it. */
type TableCaptionOptions = Common &
  Words &
  Options<{ size: HeadingSize; caption: CaptionSlot; visuallyHiddenText: string }>

/**
 * Options of a table. `responsive` folds rows up on small screens, `scroll` lets it scroll
 * sideways instead. A column with `sort` can be sorted: in the browser, or with `href` by a link.
 */
type TableOptions = Common &
  Options<{
    caption: Slot<TableCaptionOptions>
    head: Items<Slot<HeadCellOptions>>
    rows: Items<Items<Slot<CellOptions>>>
    firstCellIsHeader: boolean
    responsive: boolean
    scroll: boolean
    compact: boolean
    striped: boolean
    border: boolean
    lastRowBorder: boolean
    variant: 'reverse'
    card: CardOptions | boolean
    sortAnnouncementText: string
    ascendingText: string
    descendingText: string
  }>

type Sorting = { readonly sortable: boolean; readonly onServer: boolean }

function sortingOf(head: readonly (HeadCellOptions | undefined)[]): Sorting {
  const first = head.findIndex((cell) => cell?.sort)
  return {
    sortable: first >= 0,
    onServer: first >= 0 && head.slice(first).some((cell) => cell?.href),
  }
}

function tableClasses(options: TableOptions, { sortable }: Sorting): string {
  const { classes, border, lastRowBorder } = options
  return classNames(
    'nhsuk-table',
    flag('nhsuk-table--reverse', options.variant === 'reverse', classes),
    flag('nhsuk-table--compact', options.compact, classes),
    flag('nhsuk-table--responsive', options.responsive, classes),
    flag('nhsuk-table--no-border', border === false, classes),
    border !== false && flag('nhsuk-table--no-last-row-border', lastRowBorder === false, classes),
    flag('nhsuk-table--sortable', sortable, classes),
    flag('nhsuk-table--striped', options.striped, classes),
    classes,
  )
}

function captionIdOf(options: TableOptions, caption: TableCaptionOptions): string | undefined {
  if (caption.id || !options.scroll) return caption.id
  if (options.id) return `${options.id}-caption`
  const name = caption.text?.replaceAll(' ', '-').toLowerCase().slice(0, 40)
  return name && `table-${name}-caption`
}

function TableCaption(props: {
  readonly options: TableOptions
  readonly id: string | undefined
  readonly sortable: boolean
}) {
  const caption = slot<TableCaptionOptions>(props.options.caption)
  const hidden =
    caption.visuallyHiddenText ?? (props.sortable ? 'Column headers are sortable' : undefined)
  if (!hasWords(caption)) return null
  return (
    <Heading
      {...caption}
      id={props.id}
      visuallyHiddenText={hidden && `(${hidden})`}
      caption={{ size: caption.size, ...slot(caption.caption) }}
      sizes={['s', 'm', 'l', 'xl']}
      className="nhsuk-table__caption"
      classPrefix="nhsuk-table__caption--"
      element="caption"
    />
  )
}

function Head(props: {
  readonly head: readonly (HeadCellOptions | undefined)[]
  readonly responsive: boolean
  readonly sorting: Sorting
}) {
  const { head, responsive, sorting } = props
  return (
    <thead class="nhsuk-table__head" role={responsive ? 'rowgroup' : undefined}>
      <tr class="nhsuk-table__row" role={responsive ? 'row' : undefined}>
        {head.map((cell) => {
          if (!cell) return null
          const sort = cell.sort === true ? 'none' : cell.sort || undefined
          const own = {
            scope: 'col',
            role: responsive ? 'columnheader' : undefined,
            colspan: responsive ? undefined : cell.colspan,
            'data-sort': sort && '',
            'data-sort-next': sorting.onServer ? undefined : sort && cell.sortNext,
            'aria-sort': sort === 'none' ? undefined : sort,
          }
          return HeadCell({ cell, own })
        })}
      </tr>
    </thead>
  )
}

function Body(props: {
  readonly options: TableOptions
  readonly head: readonly (HeadCellOptions | undefined)[]
}) {
  const { options, head } = props
  const responsive = Boolean(options.responsive)
  const start = `<tr class="nhsuk-table__row"${attributeText('role', responsive ? 'row' : undefined)}>`
  const columns: Column[] = []
  const columnAt = (index: number) =>
    (columns[index] ??= new Column(
      head[index],
      index === 0 && Boolean(options.firstCellIsHeader),
      responsive,
    ))
  let rows = ''
  for (const row of options.rows ?? []) {
    if (!row) continue
    rows += start
    for (const [index, cell] of row.entries()) {
      if (cell) rows += columnAt(index).text(slot<CellOptions>(cell))
    }
    rows += '</tr>'
  }
  return <tbody class="nhsuk-table__body">{new Markup(rows)}</tbody>
}

/** Rows and columns of like things. Its caption names it: give one, hidden if need be. */
export function Table(options: TableOptions) {
  const { card, responsive } = options
  const head = (options.head ?? []).map((cell) => (cell ? slot<HeadCellOptions>(cell) : undefined))
  const sorting = sortingOf(head)
  const caption = slot<TableCaptionOptions>(options.caption)
  const captionId = captionIdOf(options, caption)
  const classes = tableClasses(options, sorting)
  const sortable = classes.includes('nhsuk-table--sortable')
  const table = (
    <table
      class={classes}
      id={options.id}
      {...{
        'data-module': sortable && !sorting.onServer ? 'nhsuk-table' : undefined,
        'data-i18n.sort-announcement': options.sortAnnouncementText,
        'data-i18n.ascending': options.ascendingText,
        'data-i18n.descending': options.descendingText,
      }}
      {...spread({ role: responsive ? 'table' : undefined, ...options.attributes })}
    >
      <TableCaption options={options} id={captionId} sortable={sortable} />
      {head.length > 0 && <Head head={head} responsive={Boolean(responsive)} sorting={sorting} />}
      <Body options={options} head={head} />
    </table>
  )
  const contents = options.scroll ? (
    <Scroll labelledBy={captionId} variant={options.variant}>
      {table}
    </Scroll>
  ) : (
    table
  )
  if (!card) return contents
  return <Card {...(card === true ? {} : card)}>{contents}</Card>
}
