#![no_main]
//! The parts of the package as text, so that the fuzzer meets the XML and not the compression.
libfuzzer_sys::fuzz_target!(|parts: &str| citegraph_fuzz::package("word/document.xml", &[("[Content_Types].xml", "")], parts));
