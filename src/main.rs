//! The doorway of the program.
use citegraph::model::Designation;
fn main() {
    let tables = citegraph::tables::Tables::builtin().unwrap();
    let r = citegraph::recognize::Recognizer::new(&tables);
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let d = citegraph::read::read(&path, &bytes, &tables, None).unwrap().document;
        let f = r.recognize(&d);
        eprintln!("{:?}", f.identity);
        for m in &f.mentions {
            let t = match &m.designation { Designation::Identified(i) => Some(i.to_string()), Designation::Conclusions{body,date:Some(d),..} => Some(body.unwrap_or(citegraph::model::Body::Council).conclusions(*d).to_string()), Designation::Conclusions{..} if m.relation.as_str()=="self" => f.identity.number.as_ref().map(|n|n.to_string()), _=>m.identified_by.first().and_then(|i| match &f.mentions[*i].designation {Designation::Identified(i)=>Some(i.to_string()), Designation::Conclusions{body,date:Some(d),..} => Some(body.unwrap_or(citegraph::model::Body::Council).conclusions(*d).to_string()),_=>None}) };
            println!("{}", serde_json::json!({"document": path, "start": m.passage.span.start, "end": m.passage.span.end, "line": m.passage.line, "text": m.passage.text, "kind": m.kind, "target": t, "relation": m.relation, "rule": m.rule, "footnote": m.in_note.or(m.calls_note)}));
        }
    }
}
