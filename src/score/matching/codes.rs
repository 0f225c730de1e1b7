//! What matching evidence can find.

use crate::finding::{Code, Severity, Text};

/// Evidence that proves nothing in the plan.
pub static UNMATCHED: Code = Code {
    id: "X010",
    slug: "evidence-unmatched",
    severity: Severity::Warning,
    message: Text::new(
        "non si capisce che cosa prova questo foglio: nessun procedimento o standard si chiama «{seen}»",
        "what this sheet proves is not clear: no procedure or standard is called \"{seen}\"",
    ),
    help: Text::new(
        "scrivere sopra la tabella «Procedimento: …» con il nome che ha nell’elenco",
        "write \"Procedimento: …\" above the table, with the name it has in the plan",
    ),
};

/// Evidence matched by a name that is only similar.
pub static WEAK_MATCH: Code = Code {
    id: "X011",
    slug: "evidence-weak-match",
    severity: Severity::Warning,
    message: Text::new(
        "abbinato a «{name}» perché «{seen}» gli somiglia",
        "matched with \"{name}\" because \"{seen}\" resembles it",
    ),
    help: Text::new(
        "scrivere sopra la tabella «Procedimento: …» con il nome esatto",
        "write \"Procedimento: …\" above the table, with the exact name",
    ),
};

/// Evidence that could prove two things.
pub static DOUBLE_MATCH: Code = Code {
    id: "X012",
    slug: "evidence-double-match",
    severity: Severity::Error,
    message: Text::new(
        "«{seen}» può essere «{first}» o «{second}»: il foglio non è stato abbinato",
        "\"{seen}\" can be \"{first}\" or \"{second}\": the sheet was not matched",
    ),
    help: Text::new(
        "scrivere sopra la tabella «Procedimento: …» con il nome esatto, o «Codice standard: …» con il codice",
        "write \"Procedimento: …\" above the table, with the exact name, or \"Codice standard: …\" with the code",
    ),
};

/// Evidence that bears the name of a procedure, and a standard's.
pub static NAME_OF_BOTH: Code = Code {
    id: "X018",
    slug: "evidence-named-as-both",
    severity: Severity::Warning,
    message: Text::new(
        "«{name}» è il nome di un procedimento e anche di uno standard: il foglio vale per il procedimento",
        "\"{name}\" is the name of a procedure and of a standard: the sheet counts for the procedure",
    ),
    help: Text::new(
        "scrivere sopra la tabella «Procedimento: …», o «Codice standard: …» se vale per lo standard",
        "write \"Procedimento: …\" above the table, or \"Codice standard: …\" when it counts for the standard",
    ),
};

/// A title between the rows of evidence that names something else than these rows prove.
pub static ANOTHER_BETWEEN: Code = Code {
    id: "X037",
    slug: "another-name-between-rows",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» sta fra le righe di una tabella che vale per «{name}»: anche quelle sotto sono contate per «{name}»",
        "\"{seen}\" stands between the rows of a table that counts for \"{name}\": those below count for \"{name}\" too",
    ),
    help: Text::new(
        "ripetere le intestazioni sotto il titolo, o fare un foglio per ciascuno",
        "repeat the headers below the title, or make a sheet for each",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&UNMATCHED, &WEAK_MATCH, &DOUBLE_MATCH, &NAME_OF_BOTH, &ANOTHER_BETWEEN];
