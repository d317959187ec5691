//! The doorway of the program.

fn main() {
    let tables = citegraph::tables::Tables::builtin().unwrap();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let d = citegraph::read::read(&path, &bytes, &tables, None).unwrap().document;
        println!("{} {} {:#?}", d.path, d.language, d.header);
        for b in &d.blocks {
            println!("{:?} {:?} {} gov={} | {}", b.role, b.number, b.language, b.governor.is_some(), &d.text.repaired()[b.span.start..b.span.end]);
        }
        for f in &d.footnotes { println!("{} {:?} {}", f.number, f.call.map(|c| &d.text.repaired()[c.saturating_sub(20)..c]), &d.text.repaired()[f.note.start..f.note.end]); }
        println!("{:?}", d.furniture);
    }
}
