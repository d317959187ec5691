//! Drawing, judged from outside: the SVG that comes out is read again and measured.

mod checker;
mod graphs;
mod pictures;
