//! The tables of `data/`, written by people as TOML, in; the same as JSON for the program out, as reading TOML takes twenty
//! times as long. What the tables must hold is left to the types of `src/tables`, which read the one and the other.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// The folders of tables; what else is in `data/` is read as it stands.
const FOLDERS: [&str; 4] = ["catalogue", "families", "instruments", "languages"];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=data");
    match write_tables(&PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            println!("cargo::error={sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `tables.rs`: a list for each folder, with the name and the JSON of each of its files in order of name.
fn write_tables(out: &Path) -> Result<(), String> {
    let mut code = String::new();
    for folder in FOLDERS {
        let files = files(&Path::new("data").join(folder))?;
        let list: Result<String, String> = files.iter().map(|file| entry(file, &out.join(folder))).collect();
        code += &format!(
            "/// The files of `data/{folder}/`.\npub(super) const {}: [(&str, &str); {}] = [{}];\n",
            folder.to_uppercase(),
            files.len(),
            list?
        );
    }
    fs::write(out.join("tables.rs"), code).map_err(|error| error.to_string())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    Ok(files)
}

/// Writes the JSON of a file; tells how the list of its folder names it.
fn entry(file: &Path, out: &Path) -> Result<String, String> {
    let fault = |reason: String| format!("{}: {reason}", file.display());
    let text = fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or("", |span| &text[..span.start]);
        format!(
            "{}:{}: {}",
            file.display(),
            before.matches('\n').count() + 1,
            error.message()
        )
    })?;
    let json = serde_json::to_string(&table).map_err(|error| fault(error.to_string()))?;
    let name = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let path = out.join(&name).with_extension("json");
    fs::create_dir_all(out)
        .and_then(|()| fs::write(&path, json))
        .map_err(|error| fault(error.to_string()))?;
    Ok(format!("({name:?}, include_str!({path:?})),"))
}
