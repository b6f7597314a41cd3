import type { ComponentChildren } from 'preact'
import { safeHref } from '../safe-href.ts'
import { attributeText, Markup, serialize } from '../serialize.ts'
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

type CellElement = 'th' | 'td'

/** The start tag of a cell, with attributes of its `own` besides what its options ask for. */
function cellStart(element: CellElement, cell: CellOptions, own: object): string {
  const attributes = { rowspan: cell.rowspan, ...own, ...spread(cell.attributes) }
  let start = `<${element}${attributeText('class', cellClasses(element, cell))}`
  for (const [name, value] of Object.entries(attributes)) start += attributeText(name, value)
  return `${start}>`
}

function cellContents(cell: CellOptions): string {
  if (!cell.href) return serialize(cellWords(cell))
  return serialize(
    <a class="nhsuk-link" href={safeHref(cell.href)}>
      {cellWords(cell)}
    </a>,
  )
}

/** A column's header. */
export function HeadCell(props: { readonly cell: HeadCellOptions; readonly own: object }) {
  const { cell, own } = props
  return new Markup(`${cellStart('th', cell, own)}${cellContents(cell)}</th>`)
}

/** Whether nothing but words and a link is asked for, so that it begins as others of its column. */
function isPlain(cell: CellOptions): boolean {
  return (
    cell.classes === undefined &&
    cell.attributes === undefined &&
    cell.format === undefined &&
    cell.align === undefined &&
    cell.width === undefined &&
    cell.rowspan === undefined &&
    cell.colspan === undefined &&
    !cell.sortValue
  )
}

/** The cells of one column. `isHeader` where each names its row. */
export class Column {
  readonly #element: CellElement
  readonly #header: HeadCellOptions | undefined
  readonly #isResponsive: boolean
  readonly #repeated: string
  readonly #plainStart: string

  constructor(header: HeadCellOptions | undefined, isHeader: boolean, isResponsive: boolean) {
    this.#element = isHeader ? 'th' : 'td'
    this.#header = header
    this.#isResponsive = isResponsive
    this.#repeated = isResponsive && header ? serialize(repeated(header)) : ''
    this.#plainStart = this.#startOf({})
  }

  /** The HTML of a cell. The column's header is repeated in it where the table folds up. */
  text(cell: CellOptions): string {
    const start = isPlain(cell) ? this.#plainStart : this.#startOf(cell)
    const contents = cellContents(cell)
    const inner = this.#repeated !== '' && cell.html ? `<span>${contents}</span>` : contents
    return `${start}${this.#repeated}${inner}</${this.#element}>`
  }

  #startOf(cell: CellOptions): string {
    const header = this.#header
    const isHeader = this.#element === 'th'
    const wasNumeric = cell.format === 'string' && header?.format === 'numeric'
    const laid = {
      ...cell,
      format: cell.format ?? header?.format,
      align: cell.align ?? (wasNumeric ? 'right' : header?.align),
    }
    return cellStart(this.#element, laid, {
      scope: isHeader ? 'row' : undefined,
      role: this.#isResponsive ? (isHeader ? 'rowheader' : 'cell') : undefined,
      colspan: this.#isResponsive ? undefined : cell.colspan,
      'data-sort-value': cell.sortValue || undefined,
    })
  }
}

function repeated(header: HeadCellOptions) {
  return (
    <span class="nhsuk-table__heading" aria-hidden="true">
      {cellWords(header)}{' '}
    </span>
  )
}
