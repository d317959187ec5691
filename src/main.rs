//! The doorway of the program.
fn main() {
    let tables = citegraph::tables::Tables::builtin().unwrap();
    let r = citegraph::recognize::Recognizer::new(&tables);
    let mut all = Vec::new();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(d) = citegraph::read::read(&path, &bytes, &tables, None) else { continue };
        all.push(r.recognize(&d.document));
    }
    let corpus = citegraph::resolve::resolve(all, &tables, &r, citegraph::resolve::Dates::Corrected);
    for d in &corpus.documents {
        eprintln!("{} {} {} {:?} {:?}", d.path, d.work, d.version, d.date, d.title);
        for f in &d.references { let m=&f.mention;
            println!("{}", serde_json::json!({"document": d.path, "start": m.passage.span.start, "end": m.passage.span.end, "line": m.passage.line, "text": m.passage.text, "kind": m.kind, "target": f.target.id(), "relation": m.relation, "rule": m.rule, "footnote": m.in_note.or(m.calls_note), "paragraph":m.passage.paragraph,"language":m.language}));
        }
    }
    for d in &corpus.diagnostics { eprintln!("{:?} {}:{} {:?} {} {:?} {:?}", d.kind, d.document, d.line, d.text, d.reason, d.corrected, d.candidates); }
}
