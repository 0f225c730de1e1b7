use proptest::prelude::*;

use super::*;

#[test]
fn dates() {
    let table = [
        ("31/12/2019", 2019, 12, 31),
        ("31.12.2019", 2019, 12, 31),
        ("31-12-19", 2019, 12, 31),
        ("2019-12-31", 2019, 12, 31),
        ("2019-12-31T00:00:00", 2019, 12, 31),
        ("2019-12-31 00:00:00", 2019, 12, 31),
        ("2019-12-31T10:30:00.000Z", 2019, 12, 31),
        ("2019/12/31", 2019, 12, 31),
        ("31/12/2019 10:30", 2019, 12, 31),
        ("31/12/2019 ore 10:30", 2019, 12, 31),
        ("31/12/2019 10.33.05", 2019, 12, 31),
        ("31.12.2019 10.33", 2019, 12, 31),
        ("2019-12-31T10:33:00+02:00", 2019, 12, 31),
        ("2019-12-31T10:33:00.000-0100", 2019, 12, 31),
        ("31/12/2019, 09:30", 2019, 12, 31),
        ("18 marzo 2019", 2019, 3, 18),
        ("18 mar. 2019", 2019, 3, 18),
        ("18-mar-19", 2019, 3, 18),
        ("1° aprile 2019", 2019, 4, 1),
        ("1º aprile 2019", 2019, 4, 1),
        ("18 Marzo", 2019, 3, 18),
        ("3 sett. 2019", 2019, 9, 3),
        ("18/3", 2019, 3, 18),
        ("18.3", 2019, 3, 18),
        ("18/03.", 2019, 3, 18),
        ("lunedì 18 marzo 2019", 2019, 3, 18),
        ("lun. 18/3/2019", 2019, 3, 18),
        ("Lunedi', 18/03/2019", 2019, 3, 18),
        ("il 18/3", 2019, 3, 18),
        ("1/1/49", 2049, 1, 1),
        ("1/1/50", 1950, 1, 1),
        ("29/02/2020", 2020, 2, 29),
        (" 01 / 02 / 2019 ", 2019, 2, 1),
    ];
    for (text, year, month, day) in table {
        assert_eq!(parse(text, 2019), Ok(date(year, month, day)), "{text:?}");
    }
}

#[test]
fn impossible_dates() {
    let table = [
        "31/02/2019",
        "15/13/2019",
        "03/15/2019",
        "0/0/2019",
        "29/02/2019",
        "29/2",
        "31 aprile 2019",
        "2019-13-01",
        "99/99",
        "martedì 18 marzo 2019",
        "1/1/1899",
        "1/1/0019",
        "31/12/2019 25:00",
        "0 marzo",
    ];
    for text in table {
        assert_eq!(parse(text, 2019), Err(DateError::Impossible), "{text:?}");
    }
}

#[test]
fn no_dates() {
    let table = [
        "",
        "entro il 18/3",
        "2019",
        "43830",
        "12/2019",
        "1000/2019",
        "3-5",
        "18,3",
        "marzo 2019",
        "18 marzo 2019 circa",
        "18/3/019",
        "1/2/3/4",
        "18/3 100%",
        "N.C.",
        "10:30",
        "31/12/2019 10.75",
        "31/12 10.33",
        "2019-12-31T10:33:00+2",
        "18 foo 2019",
        "3 gg",
        "18-3.2019",
        "1.234",
        "-1/2/2019",
        "lun",
        "18/3 e 19/3",
        "°",
        "1 ° °",
    ];
    for text in table {
        assert_eq!(parse(text, 2019), Err(DateError::NotADate), "{text:?}");
    }
}

#[test]
fn serials() {
    let table = [
        (1.0, Some((1900, 1, 1))),
        (59.0, Some((1900, 2, 28))),
        (60.0, None),
        (60.5, None),
        (61.0, Some((1900, 3, 1))),
        (43_830.0, Some((2019, 12, 31))),
        (43_830.999, Some((2019, 12, 31))),
        (2_958_465.0, Some((9999, 12, 31))),
        (2_958_466.0, None),
        (0.0, None),
        (0.5, None),
        (-1.0, None),
        (f64::NAN, None),
        (f64::INFINITY, None),
        (1e300, None),
    ];
    for (serial, expected) in table {
        assert_eq!(from_serial(serial, false), expected.map(|(year, month, day)| date(year, month, day)), "{serial}");
    }
    assert_eq!(from_serial(1.0, true), Some(date(1904, 1, 2)));
    assert_eq!(from_serial(42_368.0, true), Some(date(2019, 12, 31)));
    assert_eq!(from_serial(2_958_465.0, true), None);
}

#[test]
fn years_named() {
    let table: &[(&str, &[i16])] = &[
        ("anno 2019", &[2019]),
        ("Carta dei servizi 2019.xlsx", &[2019]),
        ("2018-2019", &[2018, 2019]),
        ("2016/2019", &[2016, 2017, 2018, 2019]),
        ("2017-19", &[2017, 2018, 2019]),
        ("2018/19", &[2018, 2019]),
        ("biennio 2018-2019", &[2018, 2019]),
        ("triennio 2017–2019", &[2017, 2018, 2019]),
        ("2016 - 2019", &[2016, 2017, 2018, 2019]),
        ("dal 2017 al 2019", &[2017, 2018, 2019]),
        ("confronto 2019/2018", &[2019, 2018]),
        ("2018, 2019", &[2018, 2019]),
        ("anni 2017-2018-2019", &[2017, 2018, 2019]),
        ("2016: 3.664.142,24; 2017: 3.552.460,39", &[2016, 2017]),
        ("monitoraggio_2019_ri", &[2019]),
        ("Valore rilevato 2018", &[2018]),
        ("marzo 2019", &[2019]),
        ("per l’anno 2019", &[2019]),
        ("(2019)", &[2019]),
        ("2019, 2019 e 2019", &[2019]),
        ("Allegato n. 1 - 2019", &[2019]),
        ("Legge di bilancio: anno 2019", &[2019]),
        ("D.Lgs. 33/2013 – anno 2019", &[2019]),
        ("OBIETTIVI 2019 SEGRETARIO GENERALE", &[2019]),
        ("15/01/2020", &[]),
        ("2019-12-31", &[]),
        ("18 marzo 2019", &[]),
        ("1000/2019", &[]),
        ("prot. 2019", &[]),
        ("DPR 581/95, D.P.G.R. n. 55/R 2009", &[]),
        ("D.Lgs. 33/2013", &[]),
        ("OBIETTIVO 1/2019", &[]),
        ("legge 190 del 2012", &[]),
        ("delibera n. 12 del 2018", &[]),
        ("Regolamento (UE) 2016/679", &[]),
        ("Regolamento UE n. 679 2016", &[]),
        ("L. 2012", &[]),
        ("€ 2019", &[]),
        ("2.019,00", &[]),
        ("2019,50", &[]),
        ("120199", &[]),
        ("n. 2019", &[]),
        ("2019 gg", &[]),
        ("1989 e 2100", &[]),
        ("A2019", &[]),
        ("2019€", &[]),
        ("", &[]),
        ("DPCM 2013", &[]),
        ("prot.2019", &[]),
        ("Carta.servizi.2019.xlsx", &[2019]),
        ("RI-2019-rev1", &[2019]),
        ("2019%", &[]),
        ("ANNO '18", &[2018]),
        ("anno ’18", &[2018]),
        ("Monitoraggio '19 (Carta)", &[2019]),
        ("Piano '18-'20", &[2018, 2019, 2020]),
        ("dal '97 al '99", &[1997, 1998, 1999]),
        ("legge '96", &[]),
        ("anno 18", &[2018]),
        ("anno18", &[2018]),
        ("anno 97", &[1997]),
        ("anno 01", &[]),
        ("Carta dei servizi - anno 18 - Albi", &[2018]),
        ("ANNO2018", &[2018]),
        ("dell'anno2018", &[2018]),
        ("anno 18 pratiche", &[]),
        ("anni 18", &[]),
        ("danno 18", &[]),
        ("affanno2018", &[]),
        ("anno 18/19", &[]),
        ("l'11 marzo, dell'18", &[]),
        ("voce '18'", &[]),
        ("'18 gg", &[]),
        ("5'18", &[]),
        ("'2018", &[2018]),
        ("'180", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(years(text), *expected, "{text:?}");
    }
}

#[test]
fn letters_between_separators_are_no_date() {
    for text in ["zz/12/2019", "12/zz/2019", "12/12/zz19", "12/12/20zz", "::/::/::::"] {
        assert_eq!(parse(text, 2019), Err(DateError::NotADate), "{text:?}");
    }
}

fn days() -> impl Strategy<Value = Date> {
    (1.0..2_958_465.0_f64).prop_filter_map("serial 60", |serial| from_serial(serial, false))
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*", near in "[-/. :T°0-9a-m]{0,20}", serial in any::<f64>(), year in any::<i16>()) {
        let _ = (parse(&text, year), parse(&near, year), years(&text), years(&near));
        let _ = (from_serial(serial, true), from_serial(serial, false));
    }

    #[test]
    fn dates_are_read_back(day in days()) {
        prop_assert_eq!(parse(&italian(day), 2019), Ok(day));
        prop_assert_eq!(parse(&day.to_string(), 2019), Ok(day));
        let month = MONTHS[usize::try_from(day.month()).unwrap() - 1];
        prop_assert_eq!(parse(&format!("{} {month} {}", day.day(), day.year()), 2019), Ok(day));
    }

    #[test]
    fn serials_are_read_back(day in days()) {
        let serial = to_serial(day) as f64;
        prop_assert_eq!(from_serial(serial, false), Some(day));
    }
}

#[test]
fn every_serial_is_the_day_so_many_days_later() {
    for (date_1904, start, first) in [(false, date(1899, 12, 30), 61), (true, date(1904, 1, 1), 1)] {
        let mut day = start.checked_add(jiff::Span::new().days(first)).unwrap();
        let mut serial = first;
        while day < Date::MAX && serial as f64 <= LAST_SERIAL {
            assert_eq!(from_serial(serial as f64 + 0.5, date_1904), Some(day), "{serial}");
            (day, serial) = (day.tomorrow().unwrap(), serial + 1);
        }
    }
    let early = [1.0, 59.9].map(|serial| from_serial(serial, false));
    assert_eq!(early, [Some(date(1900, 1, 1)), Some(date(1900, 2, 28))]);
    assert_eq!(from_serial(LAST_SERIAL, true), None);
}
