//! The integration tests: one binary, modules by purpose. The modules are marked as tests, so that their helpers may
//! unwrap as tests do.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod cases;
mod draw;
#[cfg(feature = "formats")]
mod formats;
#[cfg(test)]
mod gold;
#[cfg(test)]
#[cfg(feature = "program")]
mod golden;
#[cfg(test)]
#[cfg(feature = "index")]
mod index;
#[cfg(test)]
mod knowledge;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod marked;
#[cfg(test)]
mod parallel;
#[cfg(test)]
#[cfg(feature = "program")]
mod pdf;
#[cfg(test)]
#[cfg(feature = "program")]
mod program;
#[cfg(test)]
mod properties;
#[cfg(test)]
#[cfg(feature = "program")]
mod readme;
#[cfg(test)]
mod witnesses;
