//! Drawing, judged from outside: the SVG that comes out is read again and measured. The modules are marked as tests, so
//! that their helpers may unwrap as tests do.

#[cfg(test)]
mod against_dot;
#[cfg(test)]
mod anything;
#[cfg(test)]
mod checker;
#[cfg(test)]
mod dot_files;
#[cfg(test)]
mod graphs;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod pictures;
