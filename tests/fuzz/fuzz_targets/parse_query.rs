//! Any text is a query or is refused with messages; what is parsed prints to itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whom::base::{Style, render_diagnostic};
use whom::query::{QueryError, parse, parse_all, print};

fuzz_target!(|text: &str| {
    match parse_all(text) {
        Ok(query) => {
            let printed = print(&query);
            let again = parse(&printed).expect("what is printed is parsed");
            assert_eq!(print(&again), printed);
        }
        Err(faults) => {
            for diagnostic in QueryError::from(faults).diagnostics() {
                assert!(!render_diagnostic(&diagnostic, text, Style::Plain).is_empty());
            }
        }
    }
});
