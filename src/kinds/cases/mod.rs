//! Evidence with one row per case: when it began, when it ended.

mod fields;
mod form;
pub mod list;
pub mod plain;

use jiff::civil::Date as Day;
use rust_decimal::Decimal;

use super::Content::{Amount, Code, Date, Number, Text as Free};
use super::evidence::{Case, DUE_BEFORE_START, END_BEFORE_START, NO_START, Rows};
use super::reader::{Read, RowReader};
use super::{Kind, NOTES, column};
use crate::finding::{Severity, Text};
use crate::value::date;
use crate::value::duration::{Clock, Measure, Unit};
use crate::value::not_counted::Reason;
use crate::value::number::Nature;
use crate::value::yes_no;

/// The kind.
pub static KIND: Kind = Kind {
    id: "cases",
    title: Text::new("Registro delle pratiche", "Log of cases"),
    evidence: true,
    columns: &[
        column(
            "id",
            "N. PRATICA",
            Code,
            &[
                "n",
                "numero",
                "prot n",
                "protocollo",
                "n protocollo",
                "numero protocollo",
                "prot",
                "numero pratica",
                "pratica",
                "codice pratica",
                "id",
                "id pratica",
                "n fattura",
                "numero fattura",
                "fattura",
                "rif",
                "n registro",
                "numero domanda",
                "n istanza",
                "numero istanza",
                "identificativo",
                "n prog",
                "protocollo n",
                "n pratiche",
                "pratica n",
                "n domanda",
                "id istanza",
                "codice istanza",
                "n richiesta",
                "numero richiesta",
                "n mandato",
                "n fasc",
                "n ordine",
            ],
            &["codice fascicolo", "fascicolo"],
            Text::new("Numero che distingue la pratica", "Number that tells the case apart"),
        ),
        column(
            "start",
            "DATA INIZIO",
            Date,
            &[
                "data protocollo",
                "data di protocollo",
                "data presentazione",
                "data di presentazione",
                "data richiesta",
                "data arrivo",
                "data ricevimento",
                "data ricezione",
                "data domanda",
                "data istanza",
                "data avvio",
                "data apertura",
                "data prot",
                "data avvio procedimento",
                "data inizio procedimento",
                "data di arrivo",
                "data ingresso",
                "data fattura",
                "inizio",
                "data presentazione istanza",
                "data presentazione domanda",
                "data deposito",
                "data acquisizione",
                "data di inizio",
                "data della richiesta",
                "data invio richiesta",
                "avvio",
                "presentata il",
                "pervenuta il",
                "ricevuta il",
                "data segnalazione",
                "data protocollo fattura",
                "data protocollazione",
                "data ricezione fattura",
                "protocollata il",
                "protocollato il",
                "arrivata il",
                "pervenuto il",
                "ricevuto il",
                "presentato il",
                "acquisita il",
                "aperta il",
                "avviata il",
                "data di avvio",
                "data di apertura",
                "data di ricezione",
                "data di ricevimento",
                "data della domanda",
                "data dell istanza",
                "data istanza di parte",
                "data entrata",
                "data assegnazione",
                "data inoltro",
                "data reclamo",
            ],
            &["data"],
            Text::new("Il giorno da cui decorre il termine", "The day the term runs from"),
        ),
        column(
            "end",
            "DATA FINE",
            Date,
            &[
                "data pagamento",
                "data risposta",
                "data conclusione",
                "data chiusura",
                "data evasione",
                "data rilascio",
                "data provvedimento",
                "data di pagamento",
                "data di conclusione",
                "data di chiusura",
                "data di evasione",
                "data di rilascio",
                "data definizione",
                "data esito",
                "data conclusione procedimento",
                "fine",
                "data mandato",
                "data liquidazione",
                "data invio risposta",
                "data di fine",
                "conclusione",
                "chiusura",
                "evasa il",
                "conclusa il",
                "rilasciata il",
                "pagata il",
                "data fine procedimento",
                "data della risposta",
                "data emissione provvedimento",
                "data adozione",
                "data ordinativo",
                "data iscrizione",
                "conclusa in data",
                "evaso il",
                "concluso il",
                "chiusa il",
                "chiuso il",
                "definita il",
                "definita in data",
                "liquidata il",
                "pagato il",
                "rilasciato il",
                "data di risposta",
                "data di definizione",
                "data di rilascio atto",
                "data emissione",
                "data conclusiva",
                "data invio esito",
                "data determinazione",
                "data ultimazione",
                "data atto",
                "data quietanza",
                "data mandato di pagamento",
                "data consegna",
                "data uscita",
                "data riscontro",
            ],
            &[],
            Text::new("Il giorno della conclusione; vuoto se aperta", "The day of conclusion; empty while open"),
        ),
        column(
            "due",
            "DATA SCADENZA",
            Date,
            &[
                "scadenza",
                "data di scadenza",
                "scadenza fattura",
                "scadenza pagamento",
                "termine di pagamento",
                "data termine",
                "scadenza termine",
            ],
            &[],
            Text::new("La scadenza, se la pratica ne ha una propria", "The due date, when the case has its own"),
        ),
        column(
            "suspension",
            "GIORNI SOSPENSIONE",
            Number,
            &[
                "sospensione",
                "gg sospensione",
                "giorni di sospensione",
                "sospensione gg",
                "giorni sospesi",
                "sosp",
                "gg sosp",
                "sospensione termini",
                "giorni di interruzione",
                "interruzione",
                "gg di sospensione",
                "periodo di sospensione",
                "durata sospensione",
                "giorni interruzione",
                "tempo di sospensione",
                "tempo sospensione",
                "giorni non imputabili",
                "gg non imputabili",
                "giorni esclusi",
                "giorni per integrazioni",
                "giorni integrazione",
                "giorni soccorso istruttorio",
                "gg soccorso istruttorio",
            ],
            &[],
            Text::new("Giorni di sospensione del termine", "Days the term was suspended"),
        ),
        column(
            "amount",
            "IMPORTO",
            Amount,
            &[
                "importo fattura",
                "importo pagato",
                "importo euro",
                "importo liquidato",
                "totale fattura",
                "importo lordo",
                "importo netto",
                "ammontare",
                "valore fattura",
                "imponibile",
                "importo totale",
                "importo da pagare",
                "netto a pagare",
                "totale documento",
                "tot documento",
                "euro",
            ],
            &[],
            Text::new("Importo in euro", "Amount in euro"),
        ),
        column(
            "declared",
            "GIORNI",
            Number,
            &[
                "gg",
                "giorni impiegati",
                "giorni effettivi",
                "giorni totali",
                "durata",
                "durata gg",
                "tempo",
                "tempo impiegato",
                "giorni trascorsi",
                "n giorni",
                "numero giorni",
                "giorni di lavorazione",
                "gg impiegati",
                "giorni netti",
                "tempo gg",
                "giorni lavorazione",
                "tempi",
                "giorni di evasione",
                "durata giorni",
            ],
            &[],
            Text::new("Giorni secondo l’ufficio", "Days according to the office"),
        ),
        column(
            "party",
            "SOGGETTO",
            Free,
            &[
                "fornitore",
                "richiedente",
                "impresa",
                "ditta",
                "utente",
                "beneficiario",
                "ragione sociale",
                "denominazione",
                "creditore",
                "istante",
                "nominativo",
                "soggetto richiedente",
                "cliente",
                "denominazione impresa",
            ],
            &[],
            Text::new("Chi ha presentato la pratica", "Who filed the case"),
        ),
        column("notes", "NOTE", Free, NOTES, &[], Text::new("Note", "Notes")),
    ],
    requires: &[&["start"], &["end"]],
    context: &["registro", "elenco pratiche", "fatture", "pratiche", "istanze"],
    keys: &["id", "start", "end", "party"],
    values: &["start", "end"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of_evidence::<super::evidence::Case<'_>>(),
    read,
};

fn read(row: &mut RowReader<'_>) {
    let (start, due) = (row.near_date("start"), row.near_date("due"));
    let (start, due) = (row.settle("start", start), row.settle("due", due));
    let due = known(row, "due", due);
    let end = row.end_date("end");
    let suspension = suspended(row);
    // A suspension of less than nothing would make the case longer.
    let below_zero = suspension.value().is_some_and(|days| *days < Decimal::ZERO);
    let suspension = row.settle("suspension", if below_zero { Read::Unclear } else { suspension });
    let suspension = known(row, "suspension", suspension);
    let amount = row.amount("amount", Nature::Amount);
    let amount = row.settle("amount", amount);
    let amount = known(row, "amount", amount);
    let declared = days(row, "declared");
    let declared = if declared == Read::Unclear {
        row.not_understood("declared", Severity::Warning);
        Read::Unread
    } else {
        declared
    };
    if let (Read::Value(start), Read::Value(due)) = (&start, &due)
        && due < start
    {
        let words = [("start", date::italian(*start).into()), ("due", date::italian(*due).into())];
        let col = row.table.col("due").unwrap_or(0);
        row.report(&DUE_BEFORE_START, col, &words);
    }
    let id = row.read_text("id");
    let unread = matches!(start, Read::Unread) || matches!(end, Read::Unread) || matches!(suspension, Read::Unread);
    let dates = if unread { None } else { dates(row, &start, &end) };
    let case = dates.map(|(start, ended)| Case {
        row: row.row,
        id: (!id.is_empty()).then_some(id),
        start,
        end: ended,
        due: due.value().copied(),
        suspension_days: suspension.value().copied().unwrap_or_default(),
        amount_eur: amount.value().copied(),
        declared_days: declared.value().copied(),
        not_counted: matches!(end, Read::NotCounted(_)),
    });
    let Some(evidence) = row.evidence.as_deref_mut() else { return };
    match (case, &mut evidence.rows) {
        (Some(case), Rows::Cases(cases)) => cases.push(case),
        _ => evidence.unread += 1,
    }
}

/// A value that is not known where a word takes its place (`n.d.`), which is told; a dash or `nessuna` is none.
fn known<T>(row: &mut RowReader<'_>, id: &'static str, read: Read<T>) -> Read<T> {
    let Read::NotCounted(reason) = read else { return read };
    if reason != Reason::NoCases && row.shown(id).contains(char::is_alphanumeric) {
        row.not_understood(id, Severity::Warning);
    }
    Read::Empty
}

/// Start and end of a case; a start that is missing, or after the end, is reported.
fn dates(row: &mut RowReader<'_>, start: &Read<Day>, end: &Read<Day>) -> Option<(Day, Option<Day>)> {
    let end = end.value().copied();
    match (start, end) {
        (Read::Value(start), Some(end)) if end < *start => {
            let words = [("start", date::italian(*start).into()), ("end", date::italian(end).into())];
            let col = row.table.col("end").unwrap_or(0);
            row.report(&END_BEFORE_START, col, &words);
            None
        }
        (Read::Value(start), _) => Some((*start, end)),
        (Read::Empty | Read::NotCounted(_), _) => {
            let col = row.table.col("start").unwrap_or(0);
            let column = row.table.mapped("start").map(|mapped| mapped.header.clone()).unwrap_or_default();
            row.report(&NO_START, col, &[("column", column.into())]);
            None
        }
        _ => None,
    }
}

/// The days of a suspension, by the unit of its header: `Sospensione (mesi)`; working days of a header beside a term of
/// calendar days are told when it is judged, those of a single cell are not understood. `NO` is none.
fn suspended(row: &mut RowReader<'_>) -> Read<Decimal> {
    match row.amount("suspension", Nature::Measure) {
        Read::Value(amount) if !amount.is_zero() => {
            let clock = row.table.col("suspension").map_or(Clock::DAYS, |col| row.decision(col).clock);
            match clock.unit {
                Unit::Days => Read::Value(amount.saturating_mul(Decimal::from(clock.times))),
                _ => Read::Unclear,
            }
        }
        Read::Unclear if yes_no::parse(&row.shown("suspension")) == Some(false) => Read::Empty,
        Read::Unclear => match row.measure("suspension") {
            // What the clock of the term is nobody knows here.
            Read::Value(Measure::Span(span)) if span.working == Some(true) => Read::Unclear,
            _ => days(row, "suspension"),
        },
        read => read,
    }
}

/// Days as a bare number, or with their unit: `10 gg.`.
fn days(row: &mut RowReader<'_>, id: &'static str) -> Read<Decimal> {
    let read = row.amount(id, Nature::Measure);
    if read != Read::Unclear {
        return read;
    }
    match row.measure(id) {
        Read::Value(Measure::Span(span)) if span.stated && span.lower().is_none() => Read::Value(span.days()),
        _ => Read::Unclear,
    }
}
