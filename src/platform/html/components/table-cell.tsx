import { h, type ComponentChildren } from 'preact'
import { safeHref } from '../safe-href.ts'
import {
  classNames,
  hasWords,
  modifier,
  spread,
  wording,
  type Attributes,
  type Options,
  type Words,
} from './options.ts'

/** Options of a cell of a table's body. `sortValue` is what sorting goes by instead of the text. */
export type CellOptions = Words &
  Options<{
    visuallyHiddenText: string
    format: 'numeric' | 'string'
    href: string
    colspan: number
    rowspan: number
    align: 'left' | 'centre' | 'right'
    width: string
    sortValue: string | number
    classes: string
    attributes: Attributes
  }>

/** Options of a column's header. */
export type HeadCellOptions = Omit<CellOptions, 'sortValue'> &
  Options<{
    sort: boolean | 'ascending' | 'descending' | 'none'
    sortNext: 'ascending' | 'descending'
  }>

function cellWords(cell: Words & Options<{ visuallyHiddenText: string }>): ComponentChildren {
  const { visuallyHiddenText } = cell
  if (!visuallyHiddenText) return wording(cell)
  return [
    wording(cell),
    <span class="nhsuk-u-visually-hidden">
      {hasWords(cell) && ' '}
      {visuallyHiddenText}
    </span>,
  ]
}

function cellClasses(element: string, cell: CellOptions): string {
  const base = element === 'th' ? 'nhsuk-table__header' : 'nhsuk-table__cell'
  const width = cell.width && `nhsuk-u-width-${cell.width}`
  return classNames(
    base,
    modifier(`${base}--`, cell.format, ['numeric'], cell.classes),
    modifier('nhsuk-u-text-align-', cell.align, ['left', 'centre', 'right'], cell.classes),
    width && !cell.classes?.includes(width) && width,
    cell.classes,
  )
}

/** A cell. `columnHeader` is repeated in it where the table folds up on small screens. */
export function TableCell(props: {
  readonly element: 'th' | 'td'
  readonly cell: CellOptions
  readonly own: object
  readonly columnHeader?: HeadCellOptions | undefined
}) {
  const { element, cell, own, columnHeader } = props
  const inner = cell.href ? (
    <a class="nhsuk-link" href={safeHref(cell.href)}>
      {cellWords(cell)}
    </a>
  ) : (
    cellWords(cell)
  )
  return h(
    element,
    {
      class: cellClasses(element, cell),
      rowspan: cell.rowspan,
      ...own,
      ...spread(cell.attributes),
    },
    columnHeader && (
      <span class="nhsuk-table__heading" aria-hidden="true">
        {cellWords(columnHeader)}{' '}
      </span>
    ),
    columnHeader && cell.html ? <span>{inner}</span> : inner,
  )
}
