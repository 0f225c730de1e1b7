//! What the clock on the wall says, in words.

use allegati::finding::Lang;
use allegati::write::notice::Moment;
use jiff::Zoned;

const MONTHS: [[&str; 2]; 12] = [
    ["gennaio", "January"],
    ["febbraio", "February"],
    ["marzo", "March"],
    ["aprile", "April"],
    ["maggio", "May"],
    ["giugno", "June"],
    ["luglio", "July"],
    ["agosto", "August"],
    ["settembre", "September"],
    ["ottobre", "October"],
    ["novembre", "November"],
    ["dicembre", "December"],
];

/// This moment, in the system's time zone; in universal time, and saying so, where the system names none.
pub fn now(lang: Lang) -> Moment {
    moment(&Zoned::now(), lang)
}

/// This moment as hours, minutes and seconds.
pub fn time() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}

fn moment(now: &Zoned, lang: Lang) -> Moment {
    let [italian, english] = MONTHS[usize::from(now.month().unsigned_abs() - 1)];
    let (day, year, time) = (now.day(), now.year(), now.strftime("%H:%M:%S"));
    let zone = if now.time_zone().is_unknown() { " UTC" } else { "" };
    let shown = match lang {
        Lang::It => format!("{day} {italian} {year}, ore {time}{zone}"),
        Lang::En => format!("{day} {english} {year}, {time}{zone}"),
    };
    Moment { shown, machine: now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn a_moment_is_told_in_words_and_for_programs() {
        let summer = date(2026, 8, 5).at(9, 3, 7, 0);
        let there = summer.to_zoned(TimeZone::fixed(jiff::tz::offset(2))).unwrap();
        let it = moment(&there, Lang::It);
        assert_eq!(
            (it.shown.as_str(), it.machine.as_str()),
            ("5 agosto 2026, ore 09:03:07", "2026-08-05T09:03:07+02:00")
        );
        let nowhere = summer.to_zoned(TimeZone::unknown()).unwrap();
        assert_eq!(moment(&nowhere, Lang::En).shown, "5 August 2026, 09:03:07 UTC");
    }
}
