-- The texts by which links are found are brought up to date once, at the end of a transaction (see link_texts.rs). Within
-- a trigger each of ten thousand new links made the text index write what it holds to the book.
DROP TRIGGER link_doc_insert;
DROP TRIGGER link_doc_update;
DROP TRIGGER link_doc_delete;
DROP TRIGGER link_found_insert;
DROP TRIGGER link_found_update;
DROP TRIGGER link_found_delete;
DROP TRIGGER link_tag_insert;
DROP TRIGGER link_tag_update;
DROP TRIGGER link_tag_delete;
DROP TRIGGER link_filing_insert;
DROP TRIGGER link_filing_update;
DROP TRIGGER link_filing_delete;
