-- A patient's own notices: what was shown of an order is asked of a function, and only for notices
-- that are about one. Written out in the policy, its plan was set up for every page that shows
-- notices, and cost more than reading them.
create function messages.is_shown_order(asked uuid) returns boolean
language plpgsql stable set search_path = pg_catalog
as $$
begin
  return exists (
    select
    from prescriptions.order_item item
    join record.published_ordered_medication medication
      on medication.practice = item.practice
      and medication.entry_id = item.medication_id
    where item.practice = current_setting('app.practice')
      and item.order_id = asked);
end $$;
revoke execute on function messages.is_shown_order(uuid) from public;
grant execute on function messages.is_shown_order(uuid) to po_patient;

drop policy own_patient on messages.notice;
create policy own_patient on messages.notice to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and (account_id is null
      or account_id = nullif(current_setting('app.account', true), '')::uuid)
    and ((select access.acts_as_self())
      or (service <> 'access'
        and (order_id is null or messages.is_shown_order(order_id)))));
