-- What was given out before a patient said that they do not feel safe sharing opens nothing after it:
-- whoever signs up to act with details of before is answered like anybody whose details do not work.

create policy own_practice_joining on access.concern for select to po_joiner
  using (practice = current_setting('app.practice'));
grant select (practice, patient_id, raised_at, seen_at) on access.concern to po_joiner;

-- Invitations on which nothing may be opened: there is a concern that nobody looked after, or one
-- raised since the patient invited or staff last confirmed.
create view access.unsafe_invitation with (security_barrier) as
select invitation.practice, invitation.invitation_id, bool_or(concern.seen_at is null) as is_unseen
from access.invitation
join access.concern
  on concern.practice = invitation.practice
  and concern.patient_id = invitation.patient_id
where invitation.practice = current_setting('app.practice')
  and (concern.seen_at is null
    or concern.raised_at >= coalesce(invitation.confirmed_at, invitation.made_at))
group by invitation.practice, invitation.invitation_id;
grant select on access.unsafe_invitation to po_staff, po_worker;
