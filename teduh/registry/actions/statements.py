"""The statements of enrolling: each takes everybody at once, as JSON, and makes no table on the way."""

UNKNOWN_CODES = """
SELECT 'region', code FROM unnest(%(region)s::text[]) AS w (code)
    WHERE NOT EXISTS (SELECT FROM registry_region r WHERE r.code = w.code)
UNION ALL SELECT 'occupation', code FROM unnest(%(occupation)s::text[]) AS o (code)
    WHERE NOT EXISTS (SELECT FROM registry_occupation r WHERE r.code = o.code)
UNION ALL SELECT 'group', id::text FROM unnest(%(group)s::bigint[]) AS g (id)
    WHERE NOT EXISTS (SELECT FROM registry_group r WHERE r.id = g.id)
UNION ALL SELECT 'agent', id::text FROM unnest(%(agent)s::bigint[]) AS a (id)
    WHERE NOT EXISTS (SELECT FROM security_user r WHERE r.id = a.id)
"""

#: Sorted, so that two who enrol the same people at once wait for each other instead of locking each other out.
PEOPLE = """
INSERT INTO registry_person (member_number, nik, nik_index, name, name_words, birth_date, sex, phone, phone_index,
    email, address, registered_at_id, lives_in_id, works_in_id, agent_id, identity, joined_on)
SELECT member_number, decode(nik, 'hex'), decode(nik_index, 'hex'), decode(name, 'hex'), name_words, birth_date, sex,
    decode(phone, 'hex'), decode(phone_index, 'hex'), decode(email, 'hex'), decode(address, 'hex'),
    registered_at, lives_in, works_in, agent, 'waiting', %(on)s
FROM json_to_recordset(%(rows)s::json) AS t (member_number text, nik text, nik_index text, name text,
    name_words bigint[], birth_date date, sex text, phone text, phone_index text, email text, address text,
    registered_at text, lives_in text, works_in text, agent bigint)
WHERE NOT EXISTS (SELECT FROM registry_person p WHERE p.nik_index = decode(t.nik_index, 'hex'))
ORDER BY t.nik_index
ON CONFLICT (nik_index) WHERE merged_into_id IS NULL DO NOTHING
RETURNING id, encode(nik_index, 'hex'), member_number
"""

KNOWN = """
SELECT DISTINCT ON (p.nik_index) p.nik_index, s.id, s.member_number, p.name, p.birth_date
FROM registry_person p JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
WHERE p.nik_index = ANY(%(indexes)s)
ORDER BY p.nik_index, p.merged_into_id NULLS FIRST
"""

ENROLMENTS = """
INSERT INTO registry_enrolment (person_id, segment, "on", channel, by_id, income, sector, occupation_id,
    second_occupation_id, programmes, outcome, verdict, ended_why)
SELECT t.person, 'BPU', %(on)s, %(channel)s, %(by)s, t.income, o.sector, t.occupation, t.second_occupation,
    t.programmes, v.verdict ->> 'outcome', v.verdict, ''
FROM json_to_recordset(%(rows)s::json) AS t (person bigint, income bigint, occupation text, second_occupation text,
    programmes text[], verdict int)
JOIN (SELECT value AS verdict, ordinality - 1 AS place
      FROM jsonb_array_elements(%(verdicts)s::jsonb) WITH ORDINALITY) v ON v.place = t.verdict
JOIN registry_occupation o ON o.code = t.occupation
ORDER BY t.person
ON CONFLICT (person_id, segment) WHERE ended_on IS NULL DO NOTHING
RETURNING person_id, id
"""

RENEW = """
UPDATE registry_person p SET
    phone = coalesce(decode(t.phone, 'hex'), p.phone),
    phone_index = coalesce(decode(t.phone_index, 'hex'), p.phone_index),
    email = coalesce(decode(t.email, 'hex'), p.email), address = coalesce(decode(t.address, 'hex'), p.address),
    lives_in_id = coalesce(t.lives_in, p.lives_in_id), works_in_id = coalesce(t.works_in, p.works_in_id),
    agent_id = coalesce(t.agent, p.agent_id)
FROM json_to_recordset(%(rows)s::json) AS t (person bigint, phone text, phone_index text, email text, address text,
    lives_in text, works_in text, agent bigint)
WHERE p.id = t.person
"""

END_HEIRS = """
UPDATE registry_heir h SET ended_on = %(on)s
FROM json_to_recordset(%(rows)s::json) AS t (person bigint, has_heirs boolean)
WHERE h.person_id = t.person AND t.has_heirs AND h.ended_on IS NULL
"""

HEIRS = """
INSERT INTO registry_heir (person_id, name, relation, birth_date, phone, named_on)
SELECT person, decode(name, 'hex'), relation, birth_date, decode(phone, 'hex'), %(on)s
FROM json_to_recordset(%(rows)s::json) AS t (person bigint, name text, relation text, birth_date date, phone text)
"""

EVIDENCE = """
INSERT INTO registry_evidence (enrolment_id, kind, text, sha256)
SELECT enrolment, kind, decode(text, 'hex'), decode(sha256, 'hex')
FROM json_to_recordset(%(rows)s::json) AS t (enrolment bigint, kind text, text text, sha256 text)
"""

CONSENTS = """
INSERT INTO registry_consent (person_id, purposes, text_version, channel, by_id)
SELECT person, purposes, %(version)s, %(channel)s, %(by)s
FROM json_to_recordset(%(rows)s::json) AS t (person bigint, purposes text[])
"""

CHECKS = """
INSERT INTO registry_identitycheck (person_id, answer, matches, trace, attempt, retry_at)
SELECT p.id, 'waiting', '{}', '', 0, %(at)s FROM registry_person p
WHERE p.id = ANY(%(persons)s) AND p.identity NOT IN ('verified', 'by_hand')
    AND NOT EXISTS (SELECT FROM registry_identitycheck c WHERE c.person_id = p.id AND c.retry_at IS NOT NULL)
"""

MEMBERSHIPS = """
INSERT INTO registry_membership (group_id, person_id, from_day)
SELECT DISTINCT "group", person, %(on)s::date
FROM json_to_recordset(%(rows)s::json) AS t ("group" bigint, person bigint)
WHERE NOT EXISTS (
    SELECT FROM registry_membership m WHERE m.group_id = t."group" AND m.person_id = t.person
        AND coalesce(m.until_day, 'infinity') >= %(on)s::date
)
ON CONFLICT DO NOTHING
"""
