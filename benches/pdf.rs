//! The speed of reading PDF beside that of the PDF library alone, in pages: what the fixtures give when typeset, or the
//! file that `CITEGRAPH_BENCH_PDF` names.
//!
//! `cargo bench --bench pdf`. One thread.

use std::fs;
use std::path::Path;

use citegraph::read;
use citegraph::tables::Tables;
use divan::Bencher;
use divan::counter::ItemsCount;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

#[allow(dead_code, clippy::unwrap_used, clippy::panic)]
#[path = "../tests/pdf/typeset.rs"]
mod typeset;

fn main() {
    divan::main();
}

/// How often the English fixtures are put one after another.
const TIMES: usize = 10;

fn file(tables: &Tables) -> Option<Vec<u8>> {
    if let Some(path) = std::env::var_os("CITEGRAPH_BENCH_PDF") {
        return fs::read(path).ok();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.retain(|path| path.to_string_lossy().ends_with("-en.txt"));
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    let text = texts.join("\n\n").repeat(TIMES);
    let document = read::read("all.txt", text.as_bytes(), tables, None)
        .ok()?
        .document;
    Some(typeset::pdf(&document, typeset::Feet::Plain))
}

fn pages(file: &[u8]) -> usize {
    Pdf::new(file.to_vec()).map_or(0, |pdf| pdf.pages().len())
}

#[divan::bench(sample_count = 20)]
fn read_a_pdf(bencher: Bencher<'_, '_>) {
    let Ok(tables) = Tables::builtin() else { return };
    let Some(file) = file(&tables) else { return };
    bencher
        .counter(ItemsCount::new(pages(&file)))
        .bench(|| read::read("a.pdf", &file, &tables, None).is_ok());
}

#[divan::bench(sample_count = 20)]
fn the_library_alone(bencher: Bencher<'_, '_>) {
    let Ok(tables) = Tables::builtin() else { return };
    let Some(file) = file(&tables) else { return };
    bencher
        .counter(ItemsCount::new(pages(&file)))
        .bench(|| letters(&file));
}

/// Interprets all pages and asks each glyph for its letter and its width.
fn letters(file: &[u8]) -> usize {
    let Ok(pdf) = Pdf::new(file.to_vec()) else {
        return 0;
    };
    let cache = InterpreterCache::new();
    let mut counter = Counter(0);
    for page in pdf.pages().iter() {
        let bounds = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, bounds, &cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut counter);
    }
    counter.0
}

struct Counter(usize);

impl<'a> Device<'a> for Counter {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        let known = run.glyphs().iter().filter(|glyph| glyph.as_unicode().is_some());
        self.0 += divan::black_box(known.count());
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
