import type { ComponentChildren, VNode } from 'preact'
import type { FieldOptions, FormGroupOptions, AroundInputs } from './field.tsx'
import { Fieldset, type FieldsetOptions } from './fieldset.tsx'
import { Hint, type HintOptions } from './hint.tsx'
import { Label, type LabelOptions } from './label.tsx'
import {
  classNames,
  flag,
  hasWords,
  slot,
  spread,
  wording,
  type Attributes,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** One choice among radios or checkboxes, or a divider between choices such as "or". */
export type ChoiceItem = Words &
  Options<{
    id: string
    value: string
    label: Slot<LabelOptions>
    hint: Slot<HintOptions>
    checked: boolean
    disabled: boolean
    /** Shown only while this is chosen; without JavaScript, always. */
    conditional: Options<{ html: VNode }>
    classes: string
    attributes: Attributes
    divider: string
  }>

/** Options shared by radios and checkboxes. `idPrefix` is the name if not given. */
export type ChoicesOptions<Item> = Common &
  FieldOptions &
  Options<{
    name: string
    idPrefix: string
    items: Items<Item>
    small: boolean
    inline: boolean
    disabled: boolean
    fieldset: FieldsetOptions | false | null
    formGroup: FormGroupOptions & AroundInputs
  }>

/** The id of the choice at `index`: the first has no number, so that an error can link to it. */
export function choiceId(idPrefix: string, item: ChoiceItem, index: number): string {
  return item.id || (index > 0 ? `${idPrefix}-${index + 1}` : idPrefix)
}

/** The box around the choices themselves. */
export function ChoiceList(props: {
  readonly kind: 'radios' | 'checkboxes'
  readonly options: ChoicesOptions<ChoiceItem>
  readonly children: ComponentChildren
}) {
  const { kind, options } = props
  const { classes, formGroup = {} } = options
  return (
    <div
      class={classNames(
        `nhsuk-${kind}`,
        flag(`nhsuk-${kind}--small`, options.small, classes),
        flag(`nhsuk-${kind}--inline`, options.inline, classes),
        classes,
      )}
      id={options.id}
      data-module={`nhsuk-${kind}`}
      {...spread(options.attributes)}
    >
      {wording(formGroup.beforeInputs ?? {})}
      {props.children}
      {wording(formGroup.afterInputs ?? {})}
    </div>
  )
}

/** The label and the hint of one choice. */
export function ChoiceWords(props: {
  readonly kind: 'radios' | 'checkboxes'
  readonly item: ChoiceItem
  readonly id: string
}) {
  const { kind, item, id } = props
  const label = slot<LabelOptions>(item.label)
  const hint = slot<HintOptions>(item.hint)
  return (
    <>
      {Label({
        id: label.id,
        text: label.text ?? item.text,
        html: label.html ?? item.html,
        visuallyHiddenText: label.visuallyHiddenText,
        for: id,
        classes: classNames(`nhsuk-${kind}__label`, label.classes),
        attributes: label.attributes,
      })}
      {hasWords(hint) &&
        Hint({
          ...hint,
          id: hint.id ?? `${id}-item-hint`,
          classes: classNames(`nhsuk-${kind}__hint`, hint.classes),
        })}
    </>
  )
}

/** The id of a choice's hint, or nothing if it has none. */
export function choiceHintId(item: ChoiceItem, id: string): string | undefined {
  const hint = slot<HintOptions>(item.hint)
  return hasWords(hint) ? (hint.id ?? `${id}-item-hint`) : undefined
}

/** What is shown only while a choice is chosen. */
export function Conditional(props: {
  readonly kind: 'radios' | 'checkboxes'
  readonly item: ChoiceItem
  readonly id: string
  readonly checked: boolean
}) {
  const { kind, item, id, checked } = props
  if (!item.conditional?.html) return null
  return (
    <div
      class={classNames(
        `nhsuk-${kind}__conditional`,
        !checked && `nhsuk-${kind}__conditional--hidden`,
      )}
      id={`conditional-${id}`}
    >
      {item.conditional.html}
    </div>
  )
}

/** Children within the fieldset, if there is one. */
export function InFieldset(props: {
  readonly fieldset: FieldsetOptions | false | null | undefined
  readonly describedBy: string | undefined
  readonly children: ComponentChildren
}) {
  if (!props.fieldset) return <>{props.children}</>
  return (
    <Fieldset {...props.fieldset} describedBy={props.describedBy}>
      {props.children}
    </Fieldset>
  )
}
