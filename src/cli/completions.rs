//! `completions`: a shell in, its completion script out.

use clap::Args;
use clap_complete::Shell;

use super::commands::Cli;
use super::outcome::{Failure, Outcome};

/// Print the completion script of a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citegraph completions bash > ~/.local/share/bash-completion/completions/citegraph\n  citegraph completions zsh > ~/.zfunc/_citegraph"
)]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &CompletionsArgs) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::commands(), "citegraph", &mut script);
    std::io::Write::write_all(&mut std::io::stdout().lock(), &script)
        .map_err(|e| Failure::writing("to standard output", e))?;
    Ok(Outcome::Done)
}
