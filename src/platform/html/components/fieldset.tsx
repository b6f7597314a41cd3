import { Legend, type LegendOptions } from './legend.tsx'
import {
  classNames,
  slot,
  spread,
  type Children,
  type Common,
  type Options,
  type Slot,
} from './options.ts'
import type { VNode } from 'preact'

/** Options of a fieldset. `describedBy` holds ids, space between them. */
export type FieldsetOptions = Common &
  Options<{ legend: Slot<LegendOptions>; describedBy: string; role: string }>

/** Fields that belong together, under one legend. */
export function Fieldset(options: FieldsetOptions & Children & Options<{ html: VNode }>) {
  return (
    <fieldset
      class={classNames('nhsuk-fieldset', options.classes)}
      id={options.id}
      aria-describedby={options.describedBy || undefined}
      {...spread({ role: options.role, ...options.attributes })}
    >
      <Legend {...slot<LegendOptions>(options.legend)} />
      {options.children ?? options.html}
    </fieldset>
  )
}
