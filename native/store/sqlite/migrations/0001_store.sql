-- Everything that a store keeps. The tenant comes first in every key.
--
-- Large rows live in rowid tables, where they are appended, and small indexes find them; only
-- tables of short rows are without rowid. A seal is a sum over its row, checked whenever the row
-- is read. Instants are milliseconds since 1970, empty texts NULL.

CREATE TABLE document (
  row INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL CONSTRAINT document_revision CHECK (revision >= 1),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  keys TEXT,  -- [["name","value"],...], the same as in document_key
  body TEXT NOT NULL CONSTRAINT document_body CHECK (json_valid(body)),
  seal INTEGER NOT NULL,
  UNIQUE (tenant, kind, id)
) STRICT;
CREATE INDEX document_created ON document (tenant, kind, created, id);

-- Kinds that grow with the number of members are found by whom they belong to.
CREATE INDEX coupon_account ON document (tenant, body ->> '$.accountId') WHERE kind = 10;
CREATE INDEX referral_account ON document (tenant, body ->> '$.accountId') WHERE kind = 11;
CREATE INDEX checkout_account ON document (tenant, body ->> '$.accountId') WHERE kind = 12;
CREATE INDEX discount_checkout ON document (tenant, body ->> '$.checkoutId') WHERE kind = 13;
CREATE INDEX order_contact ON document (tenant, body ->> '$.contactId') WHERE kind = 14;
CREATE INDEX channel_account ON document (tenant, body ->> '$.accountId') WHERE kind = 16;

-- What the clock brings is found by when, or by what is left to do.
CREATE INDEX checkout_due ON document (tenant, body ->> '$.dueAt')
  WHERE kind = 12 AND body ->> '$.dueAt' IS NOT NULL;
CREATE INDEX discount_retry ON document (tenant, body ->> '$.retryAt')
  WHERE kind = 13 AND body ->> '$.retryAt' IS NOT NULL;
CREATE INDEX job_status ON document (tenant, body ->> '$.status') WHERE kind = 17;

CREATE TABLE document_key (
  tenant INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, name, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  row INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  id TEXT NOT NULL,
  contact_id TEXT,
  member_id TEXT,
  revision INTEGER NOT NULL CONSTRAINT account_revision CHECK (revision >= 1),
  sequence INTEGER NOT NULL CONSTRAINT account_sequence CHECK (sequence >= 0),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  available INTEGER NOT NULL,
  held INTEGER NOT NULL CONSTRAINT account_held CHECK (held >= 0),
  earned INTEGER NOT NULL,
  adjusted INTEGER NOT NULL,
  redeemed INTEGER NOT NULL,
  expired INTEGER NOT NULL,
  below_zero_allowed INTEGER NOT NULL CHECK (below_zero_allowed IN (0, 1)),
  tier_id TEXT,
  tier_points INTEGER NOT NULL,
  tier_updated INTEGER,
  last_activity INTEGER,
  expires_at INTEGER,
  expiring INTEGER NOT NULL,
  reward_available INTEGER NOT NULL CHECK (reward_available IN (0, 1)),
  due INTEGER,
  contact_name TEXT,
  contact_email TEXT,
  contact_picture TEXT,
  merged_into TEXT,
  chain BLOB NOT NULL CONSTRAINT account_chain CHECK (length(chain) = 32),
  latest TEXT,
  state TEXT NOT NULL,
  seal INTEGER NOT NULL,
  CONSTRAINT account_available CHECK (available >= 0 OR below_zero_allowed),
  CONSTRAINT account_identity CHECK (available = earned + adjusted - redeemed - expired),
  UNIQUE (tenant, id),
  UNIQUE (tenant, contact_id)
) STRICT;
CREATE UNIQUE INDEX account_member ON account (tenant, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX account_due ON account (tenant, due) WHERE due IS NOT NULL;
CREATE INDEX account_created ON account (tenant, created, id);

CREATE TABLE entry (
  row INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  account TEXT NOT NULL,
  seq INTEGER NOT NULL CONSTRAINT entry_seq CHECK (seq >= 1),
  id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL,
  command TEXT,
  of TEXT,
  origin TEXT,
  amount INTEGER NOT NULL,
  shortfall INTEGER NOT NULL,
  member_available INTEGER NOT NULL,
  member_held INTEGER NOT NULL,
  program_issued INTEGER NOT NULL,
  program_redeemed INTEGER NOT NULL,
  program_expired INTEGER NOT NULL,
  program_adjusted INTEGER NOT NULL,
  program_reversed INTEGER NOT NULL,
  lots TEXT,  -- [["key",points],...]
  expires_at INTEGER,
  clamped INTEGER NOT NULL CHECK (clamped IN (0, 1)),
  excluded_from_tiers INTEGER NOT NULL CHECK (excluded_from_tiers IN (0, 1)),
  available_after INTEGER NOT NULL,
  held_after INTEGER NOT NULL CONSTRAINT entry_held_after CHECK (held_after >= 0),
  debt_after INTEGER NOT NULL,
  transaction_type TEXT,
  description TEXT,
  idempotency_key TEXT,
  info TEXT,
  hash BLOB NOT NULL CONSTRAINT entry_hash CHECK (length(hash) = 32),
  seal INTEGER NOT NULL,
  CONSTRAINT entry_sums_to_zero CHECK (member_available + member_held + program_issued
    + program_redeemed + program_expired + program_adjusted + program_reversed = 0),
  UNIQUE (tenant, account, seq),
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX entry_at ON entry (tenant, at, id) WHERE transaction_type IS NOT NULL;

CREATE TRIGGER entry_follows BEFORE INSERT ON entry BEGIN
  SELECT CASE
    WHEN new.seq <= last THEN RAISE(ABORT, 'taken: sequence')
    WHEN new.seq > last + 1 THEN RAISE(ABORT, 'a gap before the sequence of an entry')
  END FROM (SELECT coalesce(max(seq), 0) AS last FROM entry
            WHERE tenant = new.tenant AND account = new.account);
END;
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'entries are never changed');
END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'entries are never removed');
END;

CREATE TABLE item (
  row INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  command TEXT NOT NULL,
  account TEXT NOT NULL,
  state TEXT NOT NULL,
  seal INTEGER NOT NULL,
  UNIQUE (tenant, command)
) STRICT;
CREATE INDEX item_account ON item (tenant, account);

-- The numbers of a site's events come from its last one, which therefore always stays.
CREATE TABLE event (
  row INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  fqdn TEXT NOT NULL,
  slug TEXT NOT NULL,
  entity TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  seal INTEGER NOT NULL,
  UNIQUE (tenant, seq)
) STRICT;

-- First answers. The keys of callers are random: a bucket of some days keeps what is inserted
-- together near together, and lets old ones go from one end.
CREATE TABLE answer (
  row INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 16),  -- of scope and key
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  body TEXT NOT NULL,
  seal INTEGER NOT NULL,
  UNIQUE (tenant, bucket, hash)
) STRICT;
CREATE TABLE answer_bucket (
  tenant INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  PRIMARY KEY (tenant, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  tenant INTEGER NOT NULL,
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  seal INTEGER NOT NULL,
  PRIMARY KEY (tenant, scope, name)
) STRICT, WITHOUT ROWID;

-- Written to find out whether writing works again.
CREATE TABLE probe (
  tenant INTEGER NOT NULL PRIMARY KEY,
  times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the planner is to expect, written down instead of measured: a question that names an account
-- or a key looks there, and only one that names nothing walks along the order. Otherwise an empty
-- store would choose for a full one, and a statement would be planned anew with every ANALYZE.
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('document', 'sqlite_autoindex_document_1', '1000000 100000 10000 1'),
  ('document', 'document_created', '1000000 100000 10000 2 1'),
  ('document', 'coupon_account', '100000 10000 5'),
  ('document', 'referral_account', '100000 10000 5'),
  ('document', 'checkout_account', '100000 10000 5'),
  ('document', 'discount_checkout', '100000 10000 2'),
  ('document', 'order_contact', '100000 10000 5'),
  ('document', 'channel_account', '100000 10000 2'),
  ('document', 'checkout_due', '10000 1000 2'),
  ('document', 'discount_retry', '1000 100 2'),
  ('document', 'job_status', '1000 100 10'),
  ('document_key', 'sqlite_autoindex_document_key_1', '1000000 100000 10000 5000 1'),
  ('account', 'sqlite_autoindex_account_1', '1000000 100000 1'),
  ('account', 'sqlite_autoindex_account_2', '1000000 100000 1'),
  ('account', 'account_member', '1000000 100000 1'),
  ('account', 'account_due', '1000000 100000 2'),
  ('account', 'account_created', '1000000 100000 2 1'),
  ('entry', 'sqlite_autoindex_entry_1', '10000000 1000000 10 1'),
  ('entry', 'sqlite_autoindex_entry_2', '10000000 1000000 1'),
  ('entry', 'entry_at', '10000000 1000000 2 1'),
  ('item', 'sqlite_autoindex_item_1', '1000000 100000 1'),
  ('item', 'item_account', '1000000 100000 5'),
  ('event', 'sqlite_autoindex_event_1', '10000000 1000000 1'),
  ('answer', 'sqlite_autoindex_answer_1', '1000000 100000 20000 1'),
  ('answer_bucket', 'sqlite_autoindex_answer_bucket_1', '50 5 1'),
  ('claim', 'sqlite_autoindex_claim_1', '1000000 100000 50000 1');
