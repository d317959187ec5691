#![no_main]
//! The parts of the package as text, so that the fuzzer meets the XML and not the compression.
const MIMETYPE: (&str, &str) = ("mimetype", "application/vnd.oasis.opendocument.text");
libfuzzer_sys::fuzz_target!(|parts: &str| citegraph_fuzz::package("content.xml", &[MIMETYPE], parts));
