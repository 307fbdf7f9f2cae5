"""Pieces of one question that walks from the books to what they speak of: read-only SQL, put together by whoever asks.

An allocation's entry names what it settled: `allocation:BILL:RECEIPT:N`, receipt 0 where a credit paid.
"""

#: A posting on a member's JHT account (%(posting)s, of %(people)s) with the bill and receipt that its entry names, also
#: where the entry was taken back: columns month, bill, receipt.
NAMED_BY_A_POSTING = """
SELECT p.month, split_part(coalesce(o.reference, e.reference), ':', 2) AS bill,
    split_part(coalesce(o.reference, e.reference), ':', 3) AS receipt
FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id LEFT JOIN ledger_entry o ON o.id = e.reverses_id
WHERE p.id = %(posting)s AND p.party = ANY(%(people)s)
  AND split_part(coalesce(o.reference, e.reference), ':', 1) = 'allocation'
"""

#: As JSON: what was booked in the funds for a month when a bill was paid. On members' accounts only %(people)s' own
#: postings; of the funds' those of the receipts that settled the line. Places: bill, month, protection, savings.
BOOKED = """
SELECT json_agg(json_build_array(p.id, e.id, e.reference, e."on", debit.code, credit.code, p.amount,
    coalesce(p.party = ANY(%(people)s) AND p.fund = 'JHT', FALSE),
    EXISTS (SELECT 1 FROM ledger_entry x WHERE x.reverses_id = e.id)) ORDER BY p.id)
FROM ledger_entry e JOIN ledger_posting p ON p.entry_id = e.id AND p.month = {month} AND p.fund <> 'KOL'
JOIN ledger_account debit ON debit.id = p.debit_id JOIN ledger_account credit ON credit.id = p.credit_id
WHERE e.reference ~>=~ ('allocation:' || {bill} || ':') AND e.reference ~<~ ('allocation:' || {bill} || ';')
  AND CASE WHEN 'JHT:members' IN (debit.code, credit.code) THEN p.party = ANY(%(people)s)
      ELSE split_part(e.reference, ':', 3) IN (coalesce({protection}, 0)::text, coalesce({savings}, 0)::text) END
"""
