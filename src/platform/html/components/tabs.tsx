import type { VNode } from 'preact'
import { Heading } from './heading.tsx'
import { classNames, present, spread, type Attributes, type Common, type Items } from './options.ts'
import type { Options } from './options.ts'

/** One tab and its panel. */
type TabItem = Options<{
  id: string
  label: string
  attributes: Attributes
  panel: Options<{ text: string; html: VNode; attributes: Attributes }>
}>

/** Options of tabs. Panels without an id are called `idPrefix` and their number. */
type TabsOptions = Common &
  Options<{ idPrefix: string; visuallyHiddenText: string; items: Items<TabItem> }>

/** Panels of which one is seen at a time; without JavaScript, all, with links to each. */
export function Tabs(options: TabsOptions) {
  const prefix = options.idPrefix || options.id
  const items = present(options.items)
  const idOf = (item: TabItem, index: number) => item.id || `${prefix}-${index + 1}`
  return (
    <div
      class={classNames('nhsuk-tabs', options.classes)}
      id={options.id}
      data-module="nhsuk-tabs"
      {...spread(options.attributes)}
    >
      <Heading
        text={options.visuallyHiddenText ?? 'Contents'}
        level={2}
        className="nhsuk-tabs__heading"
      />
      <ul class="nhsuk-tabs__list">
        {items.map((item, index) => (
          <li
            class={classNames(
              'nhsuk-tabs__list-item',
              index === 0 && 'nhsuk-tabs__list-item--selected',
            )}
          >
            <a class="nhsuk-tabs__tab" href={`#${idOf(item, index)}`} {...spread(item.attributes)}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
      {items.map((item, index) => (
        <div
          class={classNames('nhsuk-tabs__panel', index > 0 && 'nhsuk-tabs__panel--hidden')}
          id={idOf(item, index)}
          {...spread(item.panel?.attributes)}
        >
          {item.panel?.html ?? (item.panel?.text && <p>{item.panel.text}</p>)}
        </div>
      ))}
    </div>
  )
}
