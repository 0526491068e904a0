-- Reports read what moved in a stretch of time out of one index, and orders by their payment.

DROP INDEX entry_at;
CREATE INDEX entry_at ON entry (tenant, at, id, kind, member_available, account)
  WHERE transaction_type IS NOT NULL;
CREATE INDEX order_payment ON document (tenant, body ->> '$.paymentStatus') WHERE kind = 14;

DELETE FROM sqlite_stat1 WHERE idx = 'entry_at';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('entry', 'entry_at', '10000000 1000000 2 1 1 1 1'),
  ('document', 'order_payment', '100000 10000 100');
