-- What was scanned, with what options, and by which version of the program.
CREATE TABLE metadata (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The paths that were given to scan.
CREATE TABLE roots (
    path TEXT PRIMARY KEY,
    sort BLOB NOT NULL
) WITHOUT ROWID;

-- One row for each file: what it was when it was read. `modified` and `read` are nanoseconds since 1970.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    path TEXT NOT NULL,
    sort BLOB NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    read INTEGER NOT NULL,
    hash BLOB
);

-- Files, and documents inside of files, that could not be read.
CREATE TABLE unreadable (
    file INTEGER NOT NULL,
    path TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX unreadable_of_file ON unreadable (file);

-- One row for each document: most files are one.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    remark TEXT,
    identity BLOB NOT NULL,
    work TEXT,
    version TEXT,
    date TEXT,
    title TEXT
);
CREATE INDEX documents_of_file ON documents (file);
CREATE INDEX documents_of_work ON documents (work);
CREATE INDEX documents_by_language ON documents (language);
CREATE INDEX documents_by_date ON documents (date);

-- The text that offsets count in.
CREATE TABLE texts (
    document INTEGER PRIMARY KEY,
    text TEXT NOT NULL
);

-- One row for each mention. Its id is that of the document times 16777216, plus its place.
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    place INTEGER NOT NULL,
    first_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    line INTEGER NOT NULL,
    page INTEGER,
    paragraph TEXT,
    footnote INTEGER,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    relation TEXT NOT NULL,
    pinpoint TEXT,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    text TEXT NOT NULL,
    snippet TEXT NOT NULL,
    rest BLOB NOT NULL
);

-- What each mention refers to: a target, or the reason why there is none. Where the text was corrected, the reason says so.
-- `dated` is the date that the text gives the target.
CREATE TABLE targets (
    mention INTEGER PRIMARY KEY,
    target TEXT,
    reason TEXT,
    dated TEXT,
    grounds BLOB NOT NULL
);
CREATE INDEX dated_targets ON targets (target, dated) WHERE dated IS NOT NULL;

-- The works that an ambiguous mention may mean.
CREATE TABLE candidates (
    candidate TEXT NOT NULL,
    mention INTEGER NOT NULL,
    PRIMARY KEY (candidate, mention)
) WITHOUT ROWID;
CREATE INDEX candidates_of_mention ON candidates (mention);

-- How often a document refers to a target in one relation. `date` is that of the document if its day is known, else empty,
-- as it is where the document names itself. `work` is the work of the document. `kind` is what its mentions take a target for whose id does not show it.
CREATE TABLE links (
    target TEXT NOT NULL,
    date TEXT NOT NULL,
    relation TEXT NOT NULL,
    document INTEGER NOT NULL,
    work TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    correction TEXT,
    kind TEXT,
    PRIMARY KEY (target, date, relation, document)
) WITHOUT ROWID;
CREATE INDEX links_of_document ON links (document, mentions, correction);

-- What resolving needs of each document. `open` is what depends on other documents, `verdict` tells whether that has
-- changed since the document was resolved, `keys` and `titles` are its rows in those tables.
CREATE TABLE facts (
    document INTEGER PRIMARY KEY,
    open BLOB NOT NULL,
    verdict BLOB,
    keys BLOB,
    titles BLOB
);

-- By what others are led to a document or a title (the `holder`), and it to others; roles as in src/resolve/reach.rs.
CREATE TABLE keys (
    role INTEGER NOT NULL,
    key INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    PRIMARY KEY (role, key, holder)
) WITHOUT ROWID;

-- Titles that mentions couple with a date or a number, and how many documents do.
CREATE TABLE titles (
    id INTEGER PRIMARY KEY,
    work TEXT NOT NULL,
    documents INTEGER NOT NULL,
    data BLOB NOT NULL UNIQUE
);
CREATE INDEX titles_of_work ON titles (work);
CREATE INDEX titles_of_none ON titles (documents) WHERE documents = 0;

-- Topics by which documents name conclusions that have no number.
CREATE TABLE topics (
    target TEXT NOT NULL,
    document INTEGER NOT NULL,
    place INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (target, document, place)
) WITHOUT ROWID;
CREATE INDEX topics_of_document ON topics (document);

-- What a document says of two ids: that they are one work.
CREATE TABLE couplings (
    name TEXT NOT NULL,
    number TEXT NOT NULL,
    document INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX couplings_by_name ON couplings (name);
CREATE INDEX couplings_by_number ON couplings (number);
CREATE INDEX couplings_of_document ON couplings (document);

-- What has changed since all was resolved: documents that are new or have another path, and what documents were that have
-- changed or are gone.
CREATE TABLE changed (
    document INTEGER PRIMARY KEY
);
CREATE TABLE gone (
    data BLOB NOT NULL
);

-- Ids that are one work, under the id of the work.
CREATE TABLE aliases (
    id TEXT PRIMARY KEY,
    work TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX aliases_of_work ON aliases (work);

-- The nodes of the graph; `data` is the whole of it as JSON. `cites` is how many edges it has, `first_cited` and
-- `first_cited_by` are date and path of the oldest dated document that cites it.
CREATE TABLE works (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    label_key TEXT NOT NULL,
    date TEXT,
    in_corpus INTEGER NOT NULL,
    url TEXT,
    cites INTEGER NOT NULL DEFAULT 0,
    first_cited TEXT,
    first_cited_by TEXT,
    data TEXT NOT NULL
);
CREATE INDEX works_by_id ON works (id COLLATE NOCASE);
CREATE INDEX works_by_label ON works (label_key);

-- The words of their labels, names and ids, folded; by row of works.
CREATE VIRTUAL TABLE work_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Titles and names of works, best first in each language; `key` is what search folds them to.
CREATE TABLE names (
    work TEXT NOT NULL,
    language TEXT NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (work, language, place)
) WITHOUT ROWID;
CREATE INDEX names_by_key ON names (key);

-- Other ids of works.
CREATE TABLE identifiers (
    identifier TEXT NOT NULL,
    work TEXT NOT NULL,
    PRIMARY KEY (identifier, work)
) WITHOUT ROWID;
CREATE INDEX identifiers_in_any_case ON identifiers (identifier COLLATE NOCASE);
CREATE INDEX identifiers_of_work ON identifiers (work);

-- What an analyst should look at. `document` is the id of the document; of what needs others to be seen `cause` is the id
-- of the target or the work that shows it.
CREATE TABLE findings (
    document INTEGER NOT NULL,
    cause TEXT,
    kind TEXT NOT NULL,
    line INTEGER NOT NULL,
    first_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX findings_of_document ON findings (document);
CREATE INDEX findings_by_cause ON findings (cause) WHERE cause IS NOT NULL;

CREATE VIEW diagnostics AS
SELECT findings.kind, documents.path AS document, findings.line, findings.first_byte, findings.end_byte, findings.text, findings.reason
FROM findings
JOIN documents ON documents.id = findings.document;

-- The paragraphs of each document: bytes of its text. Ids as those of mentions.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    first_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    line INTEGER NOT NULL,
    paragraph TEXT
);

-- Their words, folded: lower case, without accents, whatever the alphabet.
CREATE VIRTUAL TABLE passage_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- A batch of a scan is written at once, in pages of the size of the file, and less often merged with what is there.
INSERT INTO passage_words (passage_words, rank) VALUES ('hashsize', 33554432), ('pgsz', 8000), ('automerge', 8);

-- Every reference: who cites what, where, in what words.
CREATE VIEW citations AS
SELECT
    coalesce(citing.work, documents.work) AS citing,
    coalesce(cited.work, targets.target) AS cited,
    mentions.relation,
    documents.path AS document,
    documents.date,
    mentions.language,
    mentions.line,
    mentions.page,
    mentions.paragraph,
    mentions.footnote,
    mentions.pinpoint,
    mentions.text,
    mentions.snippet,
    mentions.confidence,
    targets.target,
    mentions.id AS mention
FROM targets
JOIN mentions ON mentions.id = targets.mention
JOIN documents ON documents.id = mentions.document
LEFT JOIN aliases AS citing ON citing.id = documents.work
LEFT JOIN aliases AS cited ON cited.id = targets.target
WHERE targets.target IS NOT NULL AND mentions.relation <> 'self'
    AND coalesce(citing.work, documents.work) <> coalesce(cited.work, targets.target);

-- The edges of the graph: how often one work refers to another in one relation.
CREATE VIEW edges AS
SELECT
    coalesce(citing.work, links.work) AS citing,
    coalesce(cited.work, links.target) AS cited,
    links.relation,
    sum(links.mentions) AS mentions
FROM links
LEFT JOIN aliases AS citing ON citing.id = links.work
LEFT JOIN aliases AS cited ON cited.id = links.target
WHERE links.relation <> 'self' AND coalesce(citing.work, links.work) <> coalesce(cited.work, links.target)
GROUP BY 1, 2, 3;

-- What is cited but is no document of the corpus.
CREATE VIEW frontier AS
SELECT works.id, works.kind, works.label, works.url, count(DISTINCT edges.citing) AS cited_by, sum(edges.mentions) AS mentions
FROM works
JOIN edges ON edges.cited = works.id
WHERE works.in_corpus = 0
GROUP BY works.id;
