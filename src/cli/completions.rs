//! `completions SHELL`: what a shell needs to complete commands, options, kinds of forms and codes.

use allegati::finding::{Lang, Text};
use allegati::kinds::KINDS;
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, value_parser};
use clap_complete::{Shell, generate};

use super::failure::Failure;
use super::screen::Screen;
use super::{Command, Verdict, arguments, engine, program};

/// The command.
pub static COMMAND: Command = Command { name: "completions", arguments, run };

fn arguments(lang: Lang) -> clap::Command {
    let about = Text::new(
        "Stampa i completamenti per la shell: comandi, opzioni, tipi di modello e codici.",
        "Prints the completions for a shell: commands, options, kinds of forms and codes.",
    );
    let shell =
        Text::new("La shell: bash, zsh, fish, elvish o powershell", "The shell: bash, zsh, fish, elvish or powershell");
    let examples = Text::new(
        "Esempi:\n  \
         allegati completions bash > ~/.local/share/bash-completion/completions/allegati\n  \
         allegati completions powershell >> $PROFILE\n\n",
        "Examples:\n  \
         allegati completions bash > ~/.local/share/bash-completion/completions/allegati\n  \
         allegati completions powershell >> $PROFILE\n\n",
    );
    clap::Command::new(COMMAND.name)
        .about(about.get(lang))
        .override_usage(Text::new("allegati completions <SHELL>", "allegati completions SHELL").get(lang))
        .after_help(format!("{}{}", examples.get(lang), arguments::EXIT_CODES.get(lang)))
        .arg(
            arguments::positional("shell", Text::new("SHELL", "SHELL"), shell, lang)
                .required(true)
                .hide_possible_values(true)
                .value_parser(value_parser!(Shell)),
        )
}

fn run(matches: &ArgMatches, screen: &Screen) -> Result<Verdict, Failure> {
    let Some(shell) = matches.get_one::<Shell>("shell") else { return Err(Failure::no_command()) };
    let codes = engine::codes().into_iter().flat_map(|code| [code.id, code.slug]);
    let codes = PossibleValuesParser::new(codes);
    let kinds = PossibleValuesParser::new(KINDS.iter().map(|kind| kind.form.name));
    // Only here: elsewhere codes and kinds are read with more patience than a list has.
    let mut program = program(screen.lang())
        .mut_subcommand("explain", |explain| explain.mut_arg("code", |code| code.value_parser(codes)))
        .mut_subcommand("template", |template| template.mut_arg("kind", |kind| kind.value_parser(kinds)));
    let mut script = Vec::new();
    generate(*shell, &mut program, "allegati", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.form.name).collect();
    let codes: Vec<&str> = engine::codes().into_iter().flat_map(|code| [code.id, code.slug]).collect();
    for (command, values) in [("template", kinds), ("explain", codes)] {
        complete_values(*shell, command, &values, &mut script);
    }
    screen.print(&script)?;
    Ok(Verdict::Clean)
}

/// The values of positional arguments, for the shells whose generator leaves them out.
fn complete_values(shell: Shell, command: &str, values: &[&str], script: &mut String) {
    match shell {
        Shell::Fish => {
            let list = values.join(" ");
            script.push_str(&format!(
                "complete -c allegati -n \"__fish_seen_subcommand_from {command}\" -f -a \"{list}\"\n"
            ));
        }
        Shell::Elvish => {
            let case = format!("&'allegati;{command}'= {{\n");
            let value = |value: &&str| format!("            cand {value} '{value}'\n");
            *script = script.replacen(&case, &(case.clone() + &values.iter().map(value).collect::<String>()), 1);
        }
        Shell::PowerShell => {
            let case = format!("'allegati;{command}' {{\n");
            let value = |value: &&str| {
                format!(
                    "            [CompletionResult]::new('{value}', '{value}', [CompletionResultType]::ParameterValue, '{value}')\n"
                )
            };
            *script = script.replacen(&case, &(case.clone() + &values.iter().map(value).collect::<String>()), 1);
        }
        _ => {}
    }
}
