//! Drawing, judged from outside: the SVG that comes out is read again and measured.

mod checker;
mod dot_files;
mod graphs;
mod pictures;
