import {
  choiceHintId,
  choiceId,
  ChoiceList,
  ChoiceWords,
  Conditional,
  InFieldset,
  type ChoiceItem,
  type ChoicesOptions,
} from './choices.tsx'
import { describeField, FormGroup } from './field.tsx'
import { classNames, spread, type Options } from './options.ts'

/**
 * One checkbox. With `behaviour` exclusive, choosing it clears the others (of its group);
 * inclusive chooses them all, and is hidden without JavaScript.
 */
export type CheckboxItem = ChoiceItem &
  Options<{ name: string; behaviour: 'exclusive' | 'inclusive'; behaviourGroup: string }>

/** Options of checkboxes. `values` chooses the items with these values. */
type CheckboxesOptions = ChoicesOptions<CheckboxItem> & Options<{ values: readonly string[] }>

type CheckboxProps = {
  readonly options: CheckboxesOptions
  readonly item: CheckboxItem
  readonly id: string
  readonly describedBy: string | undefined
}

function Checkbox({ options, item, id, describedBy }: CheckboxProps) {
  const scripted = item.behaviour === 'inclusive' && 'nhsuk-u-frontend-not-supported-hidden'
  if (item.divider) {
    return <div class={classNames('nhsuk-checkboxes__divider', scripted)}>{item.divider}</div>
  }
  const chosen = options.values?.includes(item.value ?? '') ?? false
  const checked = item.checked || (chosen && item.checked !== false)
  return (
    <>
      <div class={classNames('nhsuk-checkboxes__item', scripted)}>
        <input
          class={classNames('nhsuk-checkboxes__input', item.classes)}
          id={id}
          name={item.name || options.name}
          type="checkbox"
          value={item.value ?? ''}
          checked={checked}
          disabled={item.disabled || (item.disabled !== false && options.disabled)}
          data-behaviour={item.behaviour}
          data-behaviour-group={item.behaviourGroup}
          data-aria-controls={item.conditional?.html ? `conditional-${id}` : undefined}
          aria-describedby={classNames(describedBy, choiceHintId(item, id)) || undefined}
          {...spread(item.attributes)}
        />
        <ChoiceWords kind="checkboxes" item={item} id={id} />
      </div>
      <Conditional kind="checkboxes" item={item} id={id} checked={checked} />
    </>
  )
}

/** Choose any number of several. */
export function Checkboxes(options: CheckboxesOptions) {
  const { formGroup = {}, fieldset } = options
  const idPrefix = options.idPrefix || options.name || ''
  const { hasError, describedBy, hintAndError } = describeField(idPrefix, {
    ...options,
    describedBy: (fieldset && fieldset.describedBy) || options.describedBy,
  })
  return (
    <FormGroup classes={formGroup.classes} attributes={formGroup.attributes} hasError={hasError}>
      <InFieldset fieldset={fieldset} describedBy={describedBy}>
        {hintAndError}
        <ChoiceList kind="checkboxes" options={options}>
          {(options.items ?? []).map(
            (item, index) =>
              item && (
                <Checkbox
                  options={options}
                  item={item}
                  id={choiceId(idPrefix, item, index)}
                  describedBy={fieldset ? undefined : describedBy}
                />
              ),
          )}
        </ChoiceList>
      </InFieldset>
    </FormGroup>
  )
}
