#![no_main]
//! The first byte chooses the language.
libfuzzer_sys::fuzz_target!(|input: (u8, &str)| citegraph_fuzz::text_in_a_language(input.0, input.1));
