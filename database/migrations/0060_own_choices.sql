-- What a patient wants told in person, or keeps from those who act for them, is theirs: the role that
-- works for patients no longer reads the choices, but asks functions what it needs for a page.

-- No downtime: a view of this name, with the same columns, is made anew in the same transaction.
alter view record.published_own_choice rename to published_choice_on_reader;
revoke select on record.published_choice_on_reader from po_patient;

-- For the version before, while it still serves: whoever acts for the patient reads the same of every
-- patient, whatever was chosen.
create view record.published_own_choice with (security_barrier) as
select choice.practice, choice.choice, choice.subject, choice.chosen_at
from record.published_choice_on_reader choice
where choice.practice = current_setting('app.practice')
  and access.acts_as_self()
union all
select current_setting('app.practice'), 'keep-private', kept.subject, 'epoch'::timestamptz
from unnest('{cancer,pregnancy,genetic,mental-health,sexual-health,alcohol-drugs}'::text[])
  as kept (subject)
where not access.acts_as_self();
grant select on record.published_own_choice to po_patient;

-- Whether entries are looked at one by one. Where anybody else has ever acted for the patient, they
-- are for all of those, so that this tells nothing of what the patient chose.
create or replace function record.has_own_choice() returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if exists (
      select from record.reading_choice choice
      where choice.practice = current_setting('app.practice')
        and choice.patient_id = current_setting('app.patient')::uuid
        and choice.ended_at is null)
    or exists (
      select from access.association way
      where way.practice = current_setting('app.practice')
        and way.patient_id = current_setting('app.patient')::uuid
        and way.relation = 'proxy')
  then
    return not access.acts_as_self()
      or exists (select from record.published_choice_on_reader);
  end if;
  return false;
end $$;

-- Whether anything is kept from whoever acts: then they are shown nothing that was freely written.
create function record.keeps_any() returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return not access.acts_as_self() and exists (
    select from record.published_choice_on_reader choice
    where choice.choice = 'keep-private');
end $$;

create or replace function record.open_entries() returns setof uuid
language plpgsql stable security definer set search_path = '' rows 200
as $$
begin
  return query
    select entry.entry_id
    from record.released_entry entry
    where not record.area_of(entry.kind, entry.encounter_key)
        = any ((select access.own_areas())::text[])
      and not exists (
        select
        from record.published_choice_on_reader choice
        join record.entry kept
          on kept.practice = entry.practice
          and kept.entry_id = entry.entry_id
        left join record.subject_reading reading
          on reading.practice = entry.practice
          and reading.patient_id = entry.patient_id
        left join record.entry_subject subject
          on subject.practice = entry.practice
          and subject.entry_id = entry.entry_id
        where choice.practice = entry.practice
          and (reading.patient_id is null or choice.subject = any (subject.subjects))
          and (choice.choice = 'keep-private'
            or (kept.stored_at >= choice.chosen_at
              and not exists (
                select
                from record.told
                where told.practice = kept.practice
                  and told.entry_id = kept.entry_id
                  and told.content_hash = kept.content_hash))));
end $$;

-- What a text touches on, by the same patterns as src/kernel/subjects.ts (a test compares them).
create function record.subjects_of_words(words text) returns text[]
language sql immutable
as $$
  select coalesce(array_agg(known.subject), '{}')
  from (values
    ('cancer',
      '(?:^|[^a-z])(?:cancer|carcino|malignan|tumou?r|neoplas|leukaem|lymphom|myelom|melanom|'
      'sarcom|gliom|blastom|metasta|oncolog|chemother|radiother|mastectom|two[- ]week|2[- ]?ww|'
      '2 ?week wait|urgent suspected|suspected ca\M|usc referral|psa\M|prostate specific|ca ?125|'
      'ca ?19|cea\M|alpha ?fetoprotein|paraprotein|bence jones|qfit|fit test|'
      'faecal (?:occult|immunochem)|mammogra|breast (?:lump|clinic|screening)|biops|histolog|'
      'cytolog|staging|palliativ|hospice|macmillan|lump|'
      '(?:abdominal|breast|pelvic|lung|neck|ovarian|renal) mass|nodule|lesion|tamoxifen|'
      'anastrozole|letrozole|bicalutamide|goserelin|colposcop|cin ?[123]\M|dyskaryo|colonoscop|'
      'cystoscop)'),
    ('pregnancy',
      '(?:^|[^a-z])(?:pregnan|gravid|gestation|antenatal|postnatal|midwi|obstetric|maternity|'
      'booking bloods|expected date of delivery|edd\M|miscarr|abort|terminat|ectopic|stillb|fertil|'
      'infertil|ivf\M|in vitro fert|iui\M|sperm|semen|egg donor|surroga|hcg\M|chorionic|contracep|'
      'coil\M|iud\M|ius\M|mirena|implanon|nexplanon|depo[- ]?provera|morning after|levonorgestrel|'
      'ulipristal|desogestrel|ethinylestradiol|microgynon|rigevidon|cerazette|mifepristone|'
      'misoprostol|clomifene|last menstrual|early pregnancy|epau?\M|nuchal|foetal|fetal|breastfeed|'
      'labour ward|caesarean|c[- ]section)'),
    ('genetic',
      '(?:^|[^a-z])(?:genetic|genom|gene\M|brca|lynch syndrome|hnpcc|huntington|hereditary|'
      'inherited|mutation|carrier|karyotyp|chromosom|trisom|cystic fibrosis|haemochromatosis|hfe\M|'
      'factor v leiden|thrombophilia|sickle|thalassaem|haemoglobinopath|familial|polyposis|'
      'fragile x|muscular dystroph|tay[- ]sachs)'),
    ('mental-health',
      '(?:^|[^a-z])(?:mental|psych|depress|anxi|panic|phq|gad[- ]?[27]|suicid|self[- ]?harm|'
      'self[- ]?injur|overdose|low mood|bipolar|mania\M|manic|schizo|hallucinat|delusion|paranoi|'
      'personality disorder|eating disorder|anorexi|bulimi|ptsd|post[- ]?trauma|obsessive|ocd\M|'
      'adhd|attention deficit|autis|asperger|counsell|talking therap|iapt|cbt\M|cognitive|cmht|'
      'camhs|crisis team|section(?:ed)? (?:2|3|136)|stress|burnout|insomnia|dementia|alzheimer|'
      'memory clinic|sertraline|citalopram|escitalopram|fluoxetine|paroxetine|venlafaxine|'
      'duloxetine|mirtazapine|amitriptyline|trazodone|vortioxetine|lithium|quetiapine|olanzapine|'
      'risperidone|aripiprazole|haloperidol|clozapine|diazepam|lorazepam|zopiclone|zolpidem|'
      'buspirone|pregabalin|methylphenidate|lisdexamfetamine|atomoxetine|donepezil|memantine|'
      'rivastigmine|galantamine|valpro|lamotrigine)'),
    ('sexual-health',
      '(?:^|[^a-z])(?:sexual|sex\M|hiv\M|aids\M|human immunodeficiency|antiretrovir|prep\M|pep\M|'
      'chlamydia|gonorrh|syphilis|treponem|trichomon|mycoplasma genitalium|genital|herpes simplex|'
      'wart|hpv|papilloma|sti\M|std\M|sti screen|gum\M|genitourin|hepatitis [bc]\M|hep ?[bc]\M|'
      'erectile|impoten|libido|ejaculat|vagin|vulv|penile|penis|urethr|thrush|candid|pid\M|'
      'pelvic inflam|contact trac|partner notif|dyspareun|sildenafil|tadalafil|vardenafil|'
      'tenofovir|emtricitabine|abacavir|dolutegravir|bictegravir|smear|cervical|gender|transgender|'
      'testosterone|assault|rape)'),
    ('alcohol-drugs',
      '(?:^|[^a-z])(?:alcohol|audit[- ]?c|drink|units (?:a|per) week|drug (?:mis|ab)?us|'
      'drug depend|substance|opioid|opiate|heroin|cocaine|cannabis|ketamine|amphetamine|ecstasy|'
      'mdma|crack\M|solvent|addict|detox|rehab|needle exchange|methadone|buprenorphine|subutex|'
      'naloxone|naltrexone|acamprosate|disulfiram|nalmefene|thiamine|ggt\M|gamma ?g|intoxicat|'
      'withdrawal|smok|vap(?:e|ing)|gambl)')
  ) as known (subject, pattern)
  where words ~* known.pattern
$$;

-- The appointments of the patient acted for whose name, place or clinician would tell whoever acts of
-- what is kept from them, or tells the patient of what they want to hear in person first. What
-- patients booked themselves they know.
create function appointments.own_unnamed() returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog rows 10
as $$
begin
  if not record.has_own_choice() then
    return;
  end if;
  return query
    with own as (
      select appointment.appointment_id, appointment.booked_at, appointment.booked_by,
        concat_ws(E'\n',
          case when not appointment.kind_kept_back then slot.slot_type end,
          case when not appointment.kind_kept_back then type.public_name end,
          staff.job_title, room.name, site.name) as words
      from appointments.appointment
      join appointments.slot
        on slot.practice = appointment.practice
        and slot.slot_id = appointment.slot_id
      join appointments.session
        on session.practice = slot.practice
        and session.session_id = slot.session_id
      left join directory.staff
        on staff.practice = session.practice
        and staff.staff_id = session.staff_id
      left join directory.room
        on room.practice = session.practice
        and room.room_id = session.room_id
      left join directory.site
        on site.practice = session.practice
        and site.site_id = session.site_id
      left join appointments.slot_type type
        on type.practice = slot.practice
        and type.slot_type_id = slot.slot_type_id
      where appointment.practice = current_setting('app.practice')
        and appointment.patient_id = current_setting('app.patient')::uuid
    ),
    read as materialized (
      select known.words, record.subjects_of_words(known.words) as subjects
      from (select distinct own.words from own) known
    )
    select own.appointment_id
    from own
    join read on read.words = own.words
    where exists (
      select
      from record.published_choice_on_reader choice
      where choice.subject = any (read.subjects)
        and (choice.choice = 'keep-private'
          or (own.booked_by = 'staff' and own.booked_at >= choice.chosen_at)));
end $$;

revoke execute on function record.keeps_any(), record.subjects_of_words(text),
  appointments.own_unnamed() from public;
grant execute on function record.keeps_any(), appointments.own_unnamed() to po_patient;
