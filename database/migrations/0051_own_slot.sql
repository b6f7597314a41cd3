-- Whether a slot that is not free is the patient's to take or give back: offered to them, or theirs.
-- Asked of such slots alone; written out in the policy, it was set up for each booking.
create function appointments.is_own_slot(asked uuid, now_is text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return (now_is = 'held' and exists (
      select
      from appointments.slot_offer offer
      where offer.practice = current_setting('app.practice')
        and offer.slot_id = asked
        and offer.patient_id = current_setting('app.patient')::uuid
        and offer.closed_at is null))
    or exists (
      select
      from appointments.appointment held
      where held.practice = current_setting('app.practice')
        and held.slot_id = asked
        and held.patient_id = current_setting('app.patient')::uuid
        and held.cancelled_at is null);
end $$;
revoke execute on function appointments.is_own_slot(uuid, text) from public;
grant execute on function appointments.is_own_slot(uuid, text) to po_patient;

alter policy take_or_give_back on appointments.slot
  using (practice = current_setting('app.practice')
    and (state = 'free' or appointments.is_own_slot(slot_id, state)));
